import { parentPort, workerData } from 'node:worker_threads';
import type { Catalogue } from '@rollcall/scim';
import type { AddedDefinition, SearchPage } from '../contract.ts';
import { compiled } from '../sqlite/compiled.ts';
import { openConnection } from '../sqlite/connection.ts';
import { startClock } from './clock.ts';
import { listPage } from './list.ts';
import { scanPage } from './scan.ts';
import { sortedListPage } from './sorted-list.ts';
import { createThreadCatalogues } from './thread-catalogues.ts';
import type { ReaderThreadOptions, ThreadReply, ThreadSearch } from './thread-message.ts';
import { thrownReply } from './thread-outcome.ts';

const options: ReaderThreadOptions = workerData;
const connection = openConnection(options.file, 'read');
const catalogues = createThreadCatalogues();

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
    reply(thrownReply(error));
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

function catalogueFor(search: ThreadSearch): Catalogue {
  return catalogues.known(search) ?? catalogues.make(search, readDefinitions(search));
}

function readDefinitions({ server }: ThreadSearch): AddedDefinition[] {
  // The kind is what `saveDefinition` wrote.
  return definitionsOf.all(connection, { server }) as AddedDefinition[];
}
