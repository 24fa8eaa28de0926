import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { migrateDatabase } from './migrate.ts';
import { lockDirectory } from './store/lock.ts';
import { databaseFile } from './store/sqlite/database-file.ts';
import { migrate } from './store/sqlite/migrate.ts';
import { initial } from './store/sqlite/migrations/0001-initial.ts';

let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'migrate-'));
});
afterEach(() => rm(directory, { recursive: true, force: true }));

const asked = (dryRun: boolean) => migrateDatabase({ directory, databaseUrl: undefined, dryRun });

describe('migrating a data directory', () => {
  it('says what it would do, keeps a copy, and does it', async () => {
    const database = new DatabaseSync(databaseFile(directory));
    migrate(database, [{ sql: initial, does: 'First' }]);
    database.close();
    const plan = await asked(true);
    expect(plan).toMatchObject({
      from: 1,
      steps: expect.arrayContaining([{ version: 3, does: 'People who sign in' }]),
    });
    expect(await asked(true)).toEqual(plan);
    expect(await asked(false)).toEqual({ ...plan, backup: join(directory, 'before-migration-1.db') });
    expect(await asked(false)).toEqual({ from: plan.to, to: plan.to, steps: [] });
  });

  it('leaves a directory alone that a server holds', async () => {
    const database = new DatabaseSync(databaseFile(directory));
    migrate(database, [{ sql: initial, does: 'First' }]);
    database.close();
    const lock = lockDirectory(directory);
    await expect(asked(false)).rejects.toThrow('A server uses');
    expect(await asked(true)).toMatchObject({ from: 1 });
    lock?.release();
  });

  it('makes no database where there is none', async () => {
    await expect(asked(false)).rejects.toThrow(`There is no database in ${directory}. The first start makes it.`);
  });
});
