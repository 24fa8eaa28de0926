import { existsSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { backupDatabase } from './backup.ts';
import { databaseFile } from './database-file.ts';
import { pendingMigrations } from './migrate.ts';

/**
 * Makes `backup` the database of a directory that nobody uses; the sessions and one-time links in it end. Returns where the one that was there is now. Throws when
 * the file is no database of Rollcall, is damaged, or comes from a newer version; then nothing has changed.
 */
export async function replaceDatabase(directory: string, backup: string, now: number): Promise<string | undefined> {
  check(backup);
  const file = databaseFile(directory);
  const incoming = join(directory, 'restoring.db');
  await backupDatabase(backup, incoming);
  signEverybodyOut(incoming);
  const replaced = setAside(file, join(directory, `replaced-${new Date(now).toISOString().replaceAll(':', '')}.db`));
  renameSync(incoming, file);
  return replaced;
}

function check(backup: string): void {
  pendingMigrations(backup);
  const database = new DatabaseSync(backup, { readOnly: true });
  try {
    const { quick_check: verdict } = database.prepare('PRAGMA quick_check(1)').get() ?? {};
    if (verdict !== 'ok') throw new Error(`it is damaged (${verdict})`);
    database.prepare('SELECT id FROM installation').get();
  } finally {
    database.close();
  }
}

/** Who was signed in at the time of the backup may have signed out, or been shut out, since. */
function signEverybodyOut(file: string): void {
  const database = new DatabaseSync(file);
  const tables = database.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'session'").get();
  if (tables !== undefined) database.exec('DELETE FROM session; DELETE FROM one_time_link');
  database.close();
}

function setAside(file: string, target: string): string | undefined {
  if (!existsSync(file)) return undefined;
  // What the write-ahead log still holds belongs to the database that is set aside.
  const database = new DatabaseSync(file);
  database.exec('PRAGMA wal_checkpoint(TRUNCATE)');
  database.close();
  renameSync(file, target);
  return target;
}
