import { parentPort, workerData } from 'node:worker_threads';
import { type Catalogue, ScimError } from '@rollcall/scim';
import { catalogueOf } from '../catalogue-of.ts';
import { type AddedDefinition, BudgetExceeded, type SearchPage } from '../contract.ts';
import { compiled } from '../sqlite/compiled.ts';
import { openConnection } from '../sqlite/connection.ts';
import { startClock } from './clock.ts';
import { listPage } from './list.ts';
import { scanPage } from './scan.ts';
import { sortedListPage } from './sorted-list.ts';
import type { ReaderThreadOptions, ThreadReply, ThreadSearch } from './thread-message.ts';

/** Catalogues that a thread keeps; one takes about 1 ms to make. */
const CATALOGUES = 32;

const options: ReaderThreadOptions = workerData;
const connection = openConnection(options.file, 'read');
const catalogues = new Map<number, { readonly version: number; readonly catalogue: Catalogue }>();

const definitionsOf = compiled((db, { server }: { server: number }) =>
  db.selectFrom('definition').selectAll().where('server', '=', server).compile(),
);

const reply = (message: ThreadReply): void => parentPort?.postMessage(message);

parentPort?.on('message', (search: ThreadSearch) => {
  // One snapshot for the count, the page and its documents.
  connection.database.exec('BEGIN');
  try {
    reply({ kind: 'page', page: pageOf(search) });
  } catch (error) {
    reply(outcomeOf(error));
  } finally {
    connection.database.exec('ROLLBACK');
  }
});
reply({ kind: 'ready' });

function pageOf(search: ThreadSearch): SearchPage {
  const query = { ...search, catalogue: catalogueFor(search) };
  if (query.filter === undefined) {
    const page = query.sort === undefined ? listPage(connection, query) : sortedListPage(connection, query);
    if (page !== undefined) return page;
  }
  return scanPage(connection, query, startClock(options.budget), search.knownTotal);
}

function catalogueFor({ server, catalogueVersion }: ThreadSearch): Catalogue {
  const known = catalogues.get(server);
  if (known?.version === catalogueVersion) return known.catalogue;
  // The kind is what `saveDefinition` wrote.
  const catalogue = catalogueOf(definitionsOf.all(connection, { server }) as AddedDefinition[]);
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
  return { kind: 'failure', error: error instanceof Error ? error : new Error(String(error)) };
}
