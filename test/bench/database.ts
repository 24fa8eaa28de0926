import { startPostgres } from '../harness/postgres-cluster.ts';

/** A PostgreSQL of its own for a server under test: what it does in the background is that server's alone. */
export interface Database {
  readonly url: string;
  postmaster(): number;
  close(): Promise<void>;
}

/** As in production, with every commit on disk. Of the million of `--growth`, most fits into the shared buffers. */
const PARAMETERS = { shared_buffers: '1GB', max_wal_size: '4GB' };

/** Starts one with an empty database. */
export async function startDatabase(): Promise<Database> {
  const cluster = await startPostgres({ settings: 'durable', parameters: PARAMETERS });
  const { url } = await cluster.database();
  return { url, postmaster: cluster.pid, close: cluster.close };
}
