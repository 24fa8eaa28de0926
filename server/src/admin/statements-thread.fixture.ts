import { type MessagePort, workerData } from 'node:worker_threads';
import { Client } from 'pg';

/** Runs PostgreSQL's statements for a thread that waits for them without turning its event loop (`statements.fixture.ts`). */
const { url, port, flag }: { url: string; port: MessagePort; flag: Int32Array } = workerData;
const client = new Client({ connectionString: url });
client.on('error', () => undefined);
const connected = client.connect();

port.on('message', async ({ sql, values }: { sql: string; values: unknown[] }) => {
  try {
    await connected;
    const { rows } = await client.query(sql, values);
    port.postMessage({ rows });
  } catch (error) {
    port.postMessage({ error: String(error) });
  }
  Atomics.store(flag, 0, 1);
  Atomics.notify(flag, 0);
});
