import { chmodSync, existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { add, addUsers, allChanges, newChange, newUser, SERVER } from '../contract-suite/world-suite.ts';
import { storeContract } from '../contract-suite.ts';
import { databaseFile } from './database-file.ts';
import { openSqliteStore } from './store.ts';

function temporaryDirectory(): string {
  const directory = mkdtempSync(join(tmpdir(), 'rollcall-store-'));
  onTestFinished(() => rmSync(directory, { recursive: true }));
  return directory;
}

const open = (directory = temporaryDirectory()) => openSqliteStore(directory, { readerThreads: 1, searchBudget: 1000 });

async function opened() {
  const store = await open();
  onTestFinished(() => store.close());
  return store;
}

describe('the SQLite store', () => {
  storeContract(() => open());

  it('runs transactions in the order in which they were begun', async () => {
    const store = await opened();
    const order: number[] = [];
    await Promise.all(
      Array.from({ length: 50 }, (_, index) =>
        store.transaction(async (transaction) => {
          await transaction.insert(newUser(`user${index}`));
          order.push(index);
        }),
      ),
    );
    expect(order).toEqual(Array.from({ length: 50 }, (_, index) => index));
  });

  it('shows a transaction what those before it in the same group wrote', async () => {
    const store = await opened();
    const user = newUser('babs');
    const [, seen] = await Promise.all([
      add(store, user),
      store.transaction((transaction) => transaction.byId(SERVER, 'User', user.id)),
    ]);
    expect(seen).toMatchObject({ id: user.id });
  });

  it('has everything again when it is opened again', async () => {
    const directory = temporaryDirectory();
    const before = await open(directory);
    const users = await addUsers(before, 10);
    await before.transaction((transaction) => transaction.record(newChange('a')));
    const { installation } = before.settings;
    await before.close();
    const after = await open(directory);
    onTestFinished(() => after.close());
    for (const user of users) expect(await after.byId(SERVER, 'User', user.id)).toEqual(user);
    expect(await allChanges(after)).toHaveLength(1);
    expect(after.settings.installation).toBe(installation);
    expect((await add(after, newUser('next'))).seq).toBeGreaterThan(users.at(-1)?.seq ?? 0);
  });

  it('keeps its files from other users of the machine', async () => {
    const directory = join(temporaryDirectory(), 'data');
    const store = await open(directory);
    onTestFinished(() => store.close());
    expect(statSync(directory).mode & 0o777).toBe(0o700);
    for (const suffix of ['', '-wal', '-shm']) {
      expect(statSync(databaseFile(directory) + suffix).mode & 0o777).toBe(0o600);
    }
  });

  it('takes rights away from a database that others could read', async () => {
    const directory = temporaryDirectory();
    await (await open(directory)).close();
    chmodSync(databaseFile(directory), 0o644);
    await (await open(directory)).close();
    expect(statSync(databaseFile(directory)).mode & 0o777).toBe(0o600);
  });

  it('refuses a file that is no database', async () => {
    const directory = temporaryDirectory();
    writeFileSync(databaseFile(directory), 'This is no database, and long enough to say so. '.repeat(100));
    await expect(open(directory)).rejects.toThrow('file is not a database');
  });

  it('is backed up while others write: the copy is one state and opens as a store', async () => {
    const store = await open();
    onTestFinished(() => store.close());
    await addUsers(store, 3000);
    let writing = true;
    const writer = async () => {
      for (let index = 0; writing; index++) {
        await store.transaction(async (transaction) => {
          const user = await transaction.insert(newUser(`later${index}`));
          await transaction.record(newChange(user.id));
        });
      }
    };
    const writers = [writer()];
    const directory = temporaryDirectory();
    const target = databaseFile(directory);
    await store.backup(target);
    writing = false;
    await Promise.all(writers);
    expect(statSync(target).mode & 0o777).toBe(0o600);
    expect(existsSync(`${target}.partial`)).toBe(false);

    const copy = await open(directory);
    onTestFinished(() => copy.close());
    const count = await copy.count(SERVER, 'User');
    expect(count).toBeGreaterThanOrEqual(3000);
    expect(count).toBeLessThanOrEqual(await store.count(SERVER, 'User'));
    expect(await allChanges(copy)).toHaveLength(count - 3000);
  });

  it('leaves an earlier backup alone when the new one fails', async () => {
    const store = await open();
    onTestFinished(() => store.close());
    const directory = temporaryDirectory();
    await expect(store.backup(join(directory, 'nowhere', 'copy.db'))).rejects.toThrow('ENOENT');
    const target = join(directory, 'copy.db');
    await store.backup(target);
    await addUsers(store, 100);
    await store.backup(target);
    expect(statSync(target).size).toBeGreaterThan(50_000);
  });
});
