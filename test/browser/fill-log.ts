import { join } from 'node:path';
import { newId } from '../../server/src/id.ts';
import { openLogDatabase } from '../../server/src/store/log/log-database.ts';
import { openSqliteStore } from '../../server/src/store/sqlite/store.ts';

/** Rows of one transaction. */
const STEP = 5_000;
const HEADERS = { 'content-type': 'application/scim+json', 'user-agent': 'fill' };

/** Writes look-ups straight into the request log of a data directory that no server holds; by HTTP a million take an hour. */
export async function fillLog(directory: string, slug: string, rows: number): Promise<void> {
  const store = await openSqliteStore(directory, { readerThreads: 1, searchBudget: 1000 });
  const servers = await store.settings.identityServers();
  await store.close();
  const server = servers.find((one) => one.slug === slug)?.key;
  if (server === undefined) throw new Error(`There is no identity server ${slug}`);
  const log = openLogDatabase(join(directory, 'log.db'));
  const began = Date.now() - rows;
  const entry = (n: number) => ({
    id: newId(),
    at: began + n,
    server,
    address: '192.0.2.7',
    method: 'GET',
    url: `/scim/${slug}/v2/Users?filter=${encodeURIComponent(`userName eq "person.${n}@acme.example"`)}`,
    status: 200,
    durationMs: 1.5,
    token: 'Entra',
    requestHeaders: HEADERS,
    requestBody: null,
    requestBodyCut: 0,
    responseHeaders: HEADERS,
    responseBody: `{"totalResults":1,"Resources":[{"id":"${n}"}]}`,
    responseBodyCut: 0,
    notes: [],
    membersSkipped: 0,
    reason: null,
  });
  try {
    for (let from = 0; from < rows; from += STEP) {
      const count = Math.min(STEP, rows - from);
      log.insert(
        Array.from({ length: count }, (_, index) => entry(from + index)),
        [],
      );
    }
  } finally {
    log.close();
  }
}
