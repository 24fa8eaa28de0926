import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { temporaryDatabase, testDatabaseUrl } from '../store/postgres/database.fixture.ts';
import type { LogPlace } from './contract.ts';

/** A place for a log: in PostgreSQL where tests run on it, else in a file. */
export async function temporaryLogPlace(): Promise<{ readonly place: LogPlace; discard(): unknown }> {
  if (testDatabaseUrl() !== undefined) {
    const { url, drop } = await temporaryDatabase();
    return { place: { databaseUrl: url }, discard: drop };
  }
  const directory = mkdtempSync(join(tmpdir(), 'request-log-'));
  return { place: { file: join(directory, 'requests.db') }, discard: () => rmSync(directory, { recursive: true }) };
}
