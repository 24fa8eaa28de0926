import { parentPort, workerData } from 'node:worker_threads';
import type { Catalogue } from '@rollcall/scim';
import { sql } from 'kysely';
import { Client } from 'pg';
import type { AddedDefinition } from '../../contract.ts';
import { createThreadCatalogues } from '../../search/thread-catalogues.ts';
import type { ThreadReply, ThreadSearch } from '../../search/thread-message.ts';
import { thrownReply } from '../../search/thread-outcome.ts';
import { connectionOf, type PostgresConnection, TYPES } from '../connection.ts';
import { isUnavailable } from '../error.ts';
import { prepared } from '../prepared.ts';
import { searchWithin } from './within.ts';

export interface SearchThreadOptions {
  readonly url: string;
  readonly budget: number;
}

/** Milliseconds for opening the connection. */
const PATIENCE = 2000;

const options: SearchThreadOptions = workerData;
const catalogues = createThreadCatalogues();
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

async function catalogueFor(connection: PostgresConnection, search: ThreadSearch): Promise<Catalogue> {
  const { server } = search;
  return catalogues.known(search) ?? catalogues.make(search, await definitionsOf.all(connection, { server }));
}

function outcomeOf(error: unknown): ThreadReply {
  if (!isUnavailable(error)) return thrownReply(error);
  connected = undefined;
  return { kind: 'unavailable', detail: error instanceof Error ? error.message : '' };
}
