import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { entraUser } from '../harness/messages.ts';
import { inParallel, openPool } from '../harness/pool.ts';
import { type ServerProcess, startProcess } from '../harness/process.ts';
import { valueAt } from '../harness/value-at.ts';
import { canMount, mountSmallDisk } from './small-disk.ts';

const isPossible = canMount();

let directory: string;
const closing: (() => Promise<void>)[] = [];
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'rollcall-log-'));
});
afterEach(async () => {
  for (const close of closing.splice(0).toReversed()) await close();
  await rm(directory, { recursive: true, force: true });
});

async function start(): Promise<ServerProcess> {
  const rollcall = await startProcess({ data: directory });
  closing.push(() => rollcall.remove());
  return rollcall;
}

/** Creates users and reads them; the statuses of the answers. */
async function use(rollcall: ServerProcess, requests: number): Promise<number[]> {
  const pool = openPool(await rollcall.identityServer(), 8);
  const statuses = new Set<number>();
  let sent = 0;
  await inParallel(8, async () => {
    const number = sent++;
    if (number >= requests) return false;
    const answer =
      number % 2 === 0
        ? await pool.request('POST', '/Users', entraUser(number))
        : await pool.request('GET', '/Users?count=5');
    statuses.add(answer.status);
    return true;
  });
  await pool.close();
  return [...statuses].toSorted();
}

async function logged(rollcall: ServerProcess, name: 'stored' | 'dropped'): Promise<number> {
  return Number(valueAt((await rollcall.admin('GET', '/status')).body, `$.requestLog.${name}`));
}

async function eventually(holds: () => Promise<boolean>): Promise<boolean> {
  for (let attempt = 0; attempt < 100; attempt++) {
    if (await holds()) return true;
    await pause(100);
  }
  return false;
}

describe('a request log that cannot write', () => {
  it('because its database is locked, neither fails nor delays a request, and catches up', async () => {
    const rollcall = await start();
    const lock = new DatabaseSync(join(directory, 'log.db'));
    lock.exec('BEGIN IMMEDIATE');
    // Whoever waited for the log would wait for good: the lock is let go when all have their answers.
    const statuses = await use(rollcall, 2000);
    lock.exec('ROLLBACK');
    lock.close();
    expect(statuses).toEqual([200, 201]);
    const before = await logged(rollcall, 'stored');
    await use(rollcall, 100);
    expect(await eventually(async () => (await logged(rollcall, 'stored')) > before)).toBe(true);
  });

  it.runIf(isPossible)('because its disk is full, fails no request, and what it drops is counted', async () => {
    const disk = await mountSmallDisk(2, 0);
    closing.push(() => disk.remove());
    await mkdir(directory, { recursive: true });
    await symlink(join(disk.path, 'log.db'), join(directory, 'log.db'));
    const rollcall = await start();
    const statuses = await use(rollcall, 3000);
    expect(statuses).toEqual([200, 201]);
    expect(await eventually(async () => (await logged(rollcall, 'dropped')) > 0)).toBe(true);
  });

  it('because its file is broken, is set aside, and the server serves', async () => {
    await writeFile(join(directory, 'log.db'), 'This is no database. '.repeat(1000));
    const rollcall = await start();
    expect(await use(rollcall, 100)).toEqual([200, 201]);
    expect(await eventually(async () => (await logged(rollcall, 'stored')) > 0)).toBe(true);
  });
});
