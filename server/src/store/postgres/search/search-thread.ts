import { parentPort, workerData } from 'node:worker_threads';
import { type Catalogue, ScimError } from '@rollcall/scim';
import { sql } from 'kysely';
import { Client } from 'pg';
import { catalogueOf } from '../../catalogue-of.ts';
import { type AddedDefinition, BudgetExceeded } from '../../contract.ts';
import type { ThreadReply, ThreadSearch } from '../../search/thread-message.ts';
import { connectionOf, type PostgresConnection, TYPES } from '../connection.ts';
import { isUnavailable } from '../error.ts';
import { prepared } from '../prepared.ts';
import { searchWithin } from './within.ts';

export interface SearchThreadOptions {
  readonly url: string;
  readonly budget: number;
}

/** Catalogues that a thread keeps; one takes about 1 ms to make. */
const CATALOGUES = 32;
/** Milliseconds for opening the connection. */
const PATIENCE = 2000;

const options: SearchThreadOptions = workerData;
const catalogues = new Map<number, { readonly version: number; readonly catalogue: Catalogue }>();
let connected: Promise<PostgresConnection> | undefined;

const definitionsOf = prepared((db, { server }: { server: number }) =>
  sql<AddedDefinition>`SELECT server, kind, name, definition FROM definition WHERE server = ${server}`.compile(db),
);

const reply = (message: ThreadReply): void => parentPort?.postMessage(message);

parentPort?.on('message', async (search: ThreadSearch) => {
  reply(await answer(search));
});
reply({ kind: 'ready' });

async function answer(search: ThreadSearch): Promise<ThreadReply> {
  try {
    connected ??= connect();
    const connection = await connected;
    const query = { ...search, catalogue: await catalogueFor(connection, search) };
    return { kind: 'page', page: await searchWithin(connection, query, options.budget, search.knownTotal) };
  } catch (error) {
    return outcomeOf(error);
  }
}

/** The connection of this thread, until it ends. */
async function connect(): Promise<PostgresConnection> {
  const client = new Client({
    connectionString: options.url,
    connectionTimeoutMillis: PATIENCE,
    application_name: 'rollcall search',
    keepAlive: true,
    types: TYPES,
    pipeline: true,
  });
  client.on('error', () => {
    connected = undefined;
  });
  client.on('end', () => {
    connected = undefined;
  });
  await client.connect();
  return connectionOf(client);
}

async function catalogueFor(
  connection: PostgresConnection,
  { server, catalogueVersion }: ThreadSearch,
): Promise<Catalogue> {
  const known = catalogues.get(server);
  if (known?.version === catalogueVersion) return known.catalogue;
  const catalogue = catalogueOf(await definitionsOf.all(connection, { server }));
  catalogues.delete(server);
  catalogues.set(server, { version: catalogueVersion, catalogue });
  const [oldest] = catalogues.keys();
  if (catalogues.size > CATALOGUES && oldest !== undefined) catalogues.delete(oldest);
  return catalogue;
}

function outcomeOf(error: unknown): ThreadReply {
  if (error instanceof BudgetExceeded) return { kind: 'exceeded' };
  if (error instanceof ScimError) {
    // Since the filter was checked, an administrator has taken away what it names.
    const { status, scimType, message } = error;
    return { kind: 'refused', status, scimType, detail: message };
  }
  if (isUnavailable(error)) {
    connected = undefined;
    return { kind: 'unavailable', detail: error instanceof Error ? error.message : '' };
  }
  return { kind: 'failure', error: error instanceof Error ? error : new Error(String(error)) };
}
