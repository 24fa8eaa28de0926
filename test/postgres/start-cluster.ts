import { type PostgresCluster, startPostgres } from '../harness/postgres-cluster.ts';

let cluster: PostgresCluster | undefined;

/** Starts a cluster for the tests of a run, unless `TEST_DATABASE_URL` names a database that they may make others beside. */
export async function setup(): Promise<void> {
  if (process.env.TEST_DATABASE_URL !== undefined) return;
  cluster = await startPostgres();
  process.env.TEST_DATABASE_URL = cluster.url;
}

export async function teardown(): Promise<void> {
  await cluster?.close();
}
