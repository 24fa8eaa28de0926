import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CommitFailed } from '../contract.ts';
import { type Connection, openConnection } from './connection.ts';
import { createGroupCommit, type GroupCommit } from './group-commit.ts';

let directory: string;
let file: string;
let connection: Connection;
let commits: GroupCommit;
/** What happened, in order. */
let events: string[];
let sync: () => Promise<void>;
let repair: () => Promise<void>;
let after: (outcome: string) => void;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'rollcall-group-'));
  file = join(directory, 'test.db');
  connection = openConnection(file, 'write');
  connection.database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; CREATE TABLE t (x TEXT)');
  events = [];
  sync = async () => {};
  repair = async () => {};
  after = (outcome) => events.push(outcome);
  commits = createGroupCommit({
    connection,
    sync: () => {
      events.push('sync');
      return sync();
    },
    before: () => undefined,
    after: (outcome) => after(outcome),
    repair: () => {
      events.push('repair');
      return repair();
    },
  });
});

afterEach(async () => {
  await commits.close();
  connection.close();
  rmSync(directory, { recursive: true });
});

const write = (text: string) =>
  commits.run(async () => {
    connection.run('INSERT INTO t VALUES (?)', [text]);
    return text;
  });

const stored = (database = connection.database) =>
  database
    .prepare('SELECT x FROM t ORDER BY rowid')
    .all()
    .map((row) => String(row.x).slice(0, 20));

/** What became of each write. */
async function outcomes(promises: readonly Promise<unknown>[]): Promise<string[]> {
  const settled = await Promise.allSettled(promises);
  return settled.map((outcome) =>
    outcome.status === 'fulfilled' ? 'stored' : outcome.reason instanceof CommitFailed ? 'failed' : 'rejected',
  );
}

describe('group commit', () => {
  it('syncs once for all that write at the same time', async () => {
    const written = await Promise.all(['a', 'b', 'c', 'd'].map(write));
    expect(written).toEqual(['a', 'b', 'c', 'd']);
    expect(events).toEqual(['sync', 'stored']);
    expect(stored()).toEqual(['a', 'b', 'c', 'd']);
  });

  it('answers nobody before the sync is over, and gathers the next group meanwhile', async () => {
    const { promise: disk, resolve: finish } = Promise.withResolvers<void>();
    const { promise: syncing, resolve: begun } = Promise.withResolvers<void>();
    sync = () => {
      begun();
      return disk;
    };
    const answered: string[] = [];
    const first = write('a').then((text) => answered.push(text));
    await syncing;
    const others = ['b', 'c'].map((text) => write(text).then(() => answered.push(text)));
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(answered).toEqual([]);
    expect(commits.waiting()).toBe(2);
    sync = async () => {};
    finish();
    await Promise.all([first, ...others]);
    expect(answered).toEqual(['a', 'b', 'c']);
    expect(events).toEqual(['sync', 'stored', 'sync', 'stored']);
  });

  it('does not sync for bodies that wrote nothing', async () => {
    await Promise.all([commits.run(async () => 1), commits.run(async () => connection.all('SELECT * FROM t', []))]);
    expect(events).toEqual(['stored']);
    expect(commits.commits()).toBe(0);
  });

  it('gives the event loop its turn between groups', async () => {
    const busy = () =>
      commits.run(async () => {
        for (const until = performance.now() + 6; performance.now() < until; );
        connection.run('INSERT INTO t VALUES (?)', ['x']);
      });
    await Promise.all([busy(), busy(), busy(), busy()]);
    // A group ends when its time is up: after the second body, or the first where the machine is slow.
    expect(events.filter((event) => event === 'sync').length).toBeGreaterThan(1);
  });

  it('fails everyone whose sync failed, and trusts no sync until the log was saved in another way', async () => {
    sync = () => Promise.reject(new Error('I/O error'));
    expect(await outcomes(['a', 'b'].map(write))).toEqual(['failed', 'failed']);
    sync = async () => {};
    repair = () => Promise.reject(new Error('still broken'));
    expect(await outcomes(['c', 'd'].map(write))).toEqual(['failed', 'failed']);
    repair = async () => {};
    expect(await outcomes(['e'].map(write))).toEqual(['stored']);
    expect(await outcomes(['f'].map(write))).toEqual(['stored']);
    expect(events).toEqual(['sync', 'failed', 'repair', 'failed', 'repair', 'sync', 'stored', 'sync', 'stored']);
  });

  it('says what failed', async () => {
    sync = () => Promise.reject(new Error('no space left on device'));
    await expect(write('a')).rejects.toThrow('The write could not be stored: no space left on device');
  });

  it('stores nothing of a group in which the database is full, and goes on when there is room', async () => {
    await write('before');
    connection.database.exec('PRAGMA max_page_count = 3');
    const big = 'x'.repeat(20_000);
    const group = ['a', big, 'b'].map(write);
    expect(await outcomes(group)).toEqual(['failed', 'failed', 'stored']);
    expect(stored()).toEqual(['before', 'b']);
    connection.database.exec('PRAGMA max_page_count = 1000');
    expect(await outcomes([big, 'c'].map(write))).toEqual(['stored', 'stored']);
    expect(stored()).toEqual(['before', 'b', 'x'.repeat(20), 'c']);
  });

  it('keeps the group whole when a body hides that the database is full', async () => {
    connection.database.exec('PRAGMA max_page_count = 3');
    const hiding = commits.run(async () => {
      connection.run('INSERT INTO t VALUES (?)', ['half']);
      try {
        connection.run('INSERT INTO t VALUES (?)', ['x'.repeat(20_000)]);
      } catch {
        return 'hidden';
      }
      return 'fits';
    });
    const [first, second, third] = await outcomes([write('a'), hiding, write('b')]);
    // SQLite may undo the statement alone or the whole transaction; what was answered must be what is stored.
    const answered = [first === 'stored' && 'a', second === 'stored' && 'half', third === 'stored' && 'b'];
    expect(stored()).toEqual(answered.filter(Boolean));
  });

  it('rejects a body with its own error at once and stores the others', async () => {
    const failing = commits.run(async () => {
      connection.run('INSERT INTO t VALUES (?)', ['undone']);
      connection.run('SAVEPOINT inner', []);
      throw new Error('mine');
    });
    expect(await outcomes([write('a'), failing, write('b')])).toEqual(['stored', 'rejected', 'stored']);
    expect(stored()).toEqual(['a', 'b']);
  });

  it('fails while another program holds the database, and works again afterwards', async () => {
    const other = new DatabaseSync(file);
    other.exec('BEGIN IMMEDIATE');
    expect(await outcomes(['a', 'b'].map(write))).toEqual(['failed', 'failed']);
    other.exec('COMMIT');
    expect(await outcomes(['c'].map(write))).toEqual(['stored']);
    expect(stored(other)).toEqual(['c']);
    other.close();
  });

  it('answers what it accepted before it closes, and accepts nothing more', async () => {
    const answered: string[] = [];
    for (const text of ['a', 'b']) write(text).then(() => answered.push(text));
    const closing = commits.close();
    await expect(write('c')).rejects.toThrow('the store is closed');
    await closing;
    expect(answered).toEqual(['a', 'b']);
  });

  it('answers although what comes after a commit fails', async () => {
    after = () => {
      throw new Error('cannot look');
    };
    expect(await outcomes(['a', 'b'].map(write))).toEqual(['stored', 'stored']);
  });
});
