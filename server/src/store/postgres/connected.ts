import { Client } from 'pg';
import { connectionOf, type PostgresConnection, TYPES } from './connection.ts';

/** Milliseconds until a database answers. */
const PATIENCE = 10_000;

/** Runs `body` on a connection of its own, whose statements may take as long as they take. Errors: pg's. */
export async function connected<T>(
  url: string,
  name: string,
  body: (connection: PostgresConnection) => Promise<T>,
): Promise<T> {
  const client = new Client({
    connectionString: url,
    connectionTimeoutMillis: PATIENCE,
    application_name: `rollcall ${name}`,
    keepAlive: true,
    types: TYPES,
    pipeline: true,
  });
  // What was asked fails as well, and says why.
  client.on('error', () => undefined);
  await client.connect();
  try {
    return await body(connectionOf(client));
  } finally {
    await client.end();
  }
}
