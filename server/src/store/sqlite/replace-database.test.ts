import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { replaceDatabase } from './replace-database.ts';
import { openSqliteStore } from './store.ts';

const NOW = 1_700_000_000_000;

it('signs everybody out when a backup is restored: who was in then need not be now', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'rollcall-replace-'));
  onTestFinished(() => rmSync(directory, { recursive: true }));
  const open = () => openSqliteStore(directory, { readerThreads: 1, searchBudget: 1000 });
  const before = await open();
  const person = { id: 'p1', userName: 'mira', role: 'administrator', source: 'password', passwordHash: 'x' } as const;
  await before.administrators.add({ ...person, identity: null, active: true, created: NOW, lastSignIn: null });
  await before.administrators.signIn({ sha256: 's1', administrator: 'p1', created: NOW, lastUsed: NOW }, {});
  await before.administrators.addLink({ sha256: 'l1', purpose: 'reset', administrator: 'p1', expires: NOW + 1000 });
  const backup = join(directory, 'backup.db');
  await before.backup(backup);
  await before.close();

  await replaceDatabase(directory, backup, NOW);
  const after = await open();
  onTestFinished(() => after.close());
  expect(await after.administrators.byId('p1')).toMatchObject({ userName: 'mira', passwordHash: 'x' });
  expect(await after.administrators.session('s1')).toBeUndefined();
  expect(await after.administrators.link('l1')).toBeUndefined();
});
