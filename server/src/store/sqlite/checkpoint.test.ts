import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type Checkpoints, createCheckpoints, LONG_LOG } from './checkpoint.ts';
import { type Connection, openConnection } from './connection.ts';

const STALLED_DISK = 100_000;

let directory: string;
let file: string;
let writer: Connection;
let checkpoints: Checkpoints;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'rollcall-checkpoint-'));
  file = join(directory, 'test.db');
  writer = openConnection(file, 'write');
  writer.database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA wal_autocheckpoint = 0');
  writer.database.exec('CREATE TABLE t (x BLOB)');
  checkpoints = createCheckpoints(file, writer);
});

afterEach(async () => {
  await checkpoints.close();
  writer.close();
  rmSync(directory, { recursive: true });
});

const write = (bytes: number) => writer.run('INSERT INTO t VALUES (zeroblob(?))', [bytes]);
const frames = () => writer.first('PRAGMA wal_checkpoint(NOOP)', []);

/** Waits until the database has everything; `meanwhile` is what goes on. A stalled disk may hold it up for a while. */
async function copied(meanwhile: () => void = () => {}): Promise<void> {
  await vi.waitFor(
    () => {
      const state = frames();
      if (state?.log === state?.checkpointed) return;
      meanwhile();
      throw new Error(`the database lacks frames of the log: ${JSON.stringify(state)}`);
    },
    { interval: 5, timeout: STALLED_DISK },
  );
}

describe('checkpoints', { timeout: 2 * STALLED_DISK }, () => {
  it('leave a short log alone and copy a long one into the database', async () => {
    write(1000);
    checkpoints.consider('stored');
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(frames()?.checkpointed).toBe(0);
    write(LONG_LOG);
    checkpoints.consider('stored');
    await copied();
    expect(statSync(file).size).toBeGreaterThan(LONG_LOG);
  });

  it('let the log begin anew, so that it does not grow with what is written', async () => {
    for (let round = 0; round < 4; round++) {
      write(LONG_LOG);
      // Every commit considers it: the first time the last checkpoint may not have been reported yet.
      await copied(() => checkpoints.consider('stored'));
    }
    expect(statSync(`${file}-wal`).size).toBeLessThan(2 * LONG_LOG);
  });

  it('free the space of a short log when a write failed', async () => {
    write(1000);
    checkpoints.consider('failed');
    await copied();
    expect(frames()?.log).toBeGreaterThan(0);
  });

  it('make the writers wait only when the log is far too long', async () => {
    write(LONG_LOG);
    expect(checkpoints.pause()).toBeUndefined();
    for (let round = 0; round < 8; round++) write(LONG_LOG);
    await checkpoints.pause();
    write(1000);
    expect(frames()?.log).toBeLessThan(100);
    expect(checkpoints.pause()).toBeUndefined();
  });

  it('do not make them wait again and again for a reader that stays', async () => {
    const reader = openConnection(file, 'read');
    reader.database.exec('BEGIN; SELECT * FROM t');
    for (let round = 0; round < 9; round++) write(LONG_LOG);
    await checkpoints.pause();
    expect(checkpoints.pause()).toBeUndefined();
    reader.close();
    write(2 * LONG_LOG);
    await checkpoints.pause();
    write(1000);
    expect(frames()?.log).toBeLessThan(100);
  });

  it('answer when the database cannot be opened', async () => {
    const nowhere = createCheckpoints(join(directory, 'nowhere', 'x.db'), writer);
    expect(await nowhere.run('PASSIVE')).toEqual({ complete: false, error: 'the checkpoint thread ended' });
    expect(await nowhere.run('PASSIVE')).toEqual({ complete: false, error: 'the checkpoint thread ended' });
    await nowhere.close();
  });
});
