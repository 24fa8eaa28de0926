import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { createChangeFeed } from './changes.ts';
import { openConnection } from './connection.ts';
import { migrate } from './migrate.ts';
import { recordChange } from './record-change.ts';

it('shows a change when its group is on disk, not when it is committed', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'rollcall-changes-'));
  const file = join(directory, 'test.db');
  const writer = openConnection(file, 'write');
  writer.database.exec('PRAGMA journal_mode = WAL');
  migrate(writer.database);
  const reader = openConnection(file, 'read');
  onTestFinished(() => {
    reader.close();
    writer.close();
    rmSync(directory, { recursive: true });
  });
  const feed = createChangeFeed(reader, writer, (body) => body());
  const change = { server: 1, type: 'User', id: 'a', kind: 'created', at: 1, label: 'a' } as const;

  recordChange(writer, change);
  feed.grows(1);
  expect(await feed.after(1, 0, 10)).toEqual([]);
  expect(await feed.bounds(1)).toEqual({ oldest: 0, newest: 0 });

  feed.stored();
  expect(await feed.after(1, 0, 10)).toEqual([{ ...change, n: 1 }]);
  expect(await feed.bounds(1)).toEqual({ oldest: 1, newest: 1 });
});
