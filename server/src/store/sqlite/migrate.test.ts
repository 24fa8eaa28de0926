import { existsSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Migration } from '../migration.ts';
import { databaseFile } from './database-file.ts';
import { backUpBeforeMigration, migrate, pendingMigrations, planMigration } from './migrate.ts';
import { initial } from './migrations/0001-initial.ts';
import { openSqliteStore } from './store.ts';

const FIRST = { sql: 'CREATE TABLE a (x TEXT) STRICT; INSERT INTO a VALUES (1)', does: 'First' };
const SECOND = { sql: "ALTER TABLE a ADD COLUMN y TEXT NOT NULL DEFAULT 'new'", does: 'Second' };

let directory: string;
let file: string;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'rollcall-migrate-'));
  file = databaseFile(directory);
});
afterEach(() => rmSync(directory, { recursive: true }));

function migrated(migrations?: readonly Migration[]): void {
  const database = new DatabaseSync(file);
  migrate(database, migrations);
  database.close();
}

const rows = (path: string) => {
  const database = new DatabaseSync(path, { readOnly: true });
  const found = database.prepare('SELECT * FROM a').all();
  database.close();
  return found.map((row) => ({ ...row }));
};

describe('migration', () => {
  it('makes a new database and leaves a migrated one alone', () => {
    expect(pendingMigrations(file)).toBeUndefined();
    expect(existsSync(file)).toBe(false);
    migrated();
    migrated();
    expect(pendingMigrations(file)).toBe(0);
  });

  it('runs what is missing, in order', () => {
    migrated([FIRST]);
    expect(planMigration(file, [FIRST, SECOND])).toEqual({ from: 1, to: 2, steps: [{ version: 2, does: 'Second' }] });
    migrated([FIRST, SECOND]);
    expect(rows(file)).toEqual([{ x: '1', y: 'new' }]);
  });

  it('changes nothing when one of several fails', () => {
    migrated([FIRST]);
    expect(() => migrated([FIRST, SECOND, { sql: 'CREATE TABLE a (x)', does: 'Third' }])).toThrow('already exists');
    expect(pendingMigrations(file, [FIRST, SECOND])).toBe(1);
    expect(rows(file)).toEqual([{ x: '1' }]);
  });

  it('refuses a database that a newer version wrote', () => {
    migrated([FIRST, SECOND]);
    const newer = 'The database has version 2 and this program knows versions up to 1';
    expect(() => pendingMigrations(file, [FIRST])).toThrow(newer);
    expect(() => migrated([FIRST])).toThrow(newer);
  });

  it('is preceded by a backup when there is something to migrate, and only then', async () => {
    expect(await backUpBeforeMigration(directory, [FIRST])).toBeUndefined();
    migrated([FIRST]);
    expect(await backUpBeforeMigration(directory, [FIRST])).toBeUndefined();
    const copy = await backUpBeforeMigration(directory, [FIRST, SECOND]);
    migrated([FIRST, SECOND]);
    expect(copy).toBe(join(directory, 'before-migration-1.db'));
    expect(rows(String(copy))).toEqual([{ x: '1' }]);
    expect(statSync(String(copy)).mode & 0o777).toBe(0o600);
  });

  it('keeps what a database of the first version holds', async () => {
    migrated([{ sql: initial, does: 'First' }]);
    const database = new DatabaseSync(file);
    database.exec(`
      INSERT INTO resource (server, type, id, version, created, modified, label, document)
      VALUES (1, 'User', 'u1', 3, 1, 2, 'babs', '{"userName":"babs"}');
      INSERT INTO resource_count VALUES (1, 'User', 1);
      INSERT INTO change (server, at, type, id, kind, label) VALUES (1, 1, 'User', 'u1', 'created', 'babs')`);
    database.close();
    expect(pendingMigrations(file)).toBeGreaterThan(0);
    const store = await openSqliteStore(directory, { readerThreads: 1, searchBudget: 1000 });
    expect(await store.byId(1, 'User', 'u1')).toMatchObject({ version: 3, label: 'babs' });
    expect(await store.count(1, 'User')).toBe(1);
    expect(await store.changes.after(1, 0, 9)).toHaveLength(1);
    expect(await store.applications.list()).toEqual([]);
    await store.close();
    expect(pendingMigrations(file)).toBe(0);
  });
});
