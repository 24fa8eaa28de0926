import { startPostgres } from '../harness/postgres-cluster.ts';

/** Starts a cluster for the tests of a run, unless `TEST_DATABASE_URL` names a database that they may make others beside. */
export default async function setup(): Promise<(() => Promise<void>) | undefined> {
  if (process.env.TEST_DATABASE_URL !== undefined) return undefined;
  const cluster = await startPostgres();
  process.env.TEST_DATABASE_URL = cluster.url;
  return () => cluster.close();
}
