import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { TestIdentityServer } from '../harness/identity-server.ts';
import { plainUser } from '../harness/messages.ts';
import { type ConnectionPool, openPool } from '../harness/pool.ts';
import { type ServerProcess, startProcess } from '../harness/process.ts';
import { createRandom } from '../harness/random.ts';
import { inspect } from './inspect.ts';
import { createLoad, type Load } from './load.ts';
import { canMount, mountSmallDisk, type SmallDisk } from './small-disk.ts';

const CLIENTS = 16;
const MEGABYTES = 24;
const RESERVE = 10;
/** Answers of 503 in a row after which the disk counts as full. */
const FULL = 200;

let disk: SmallDisk;
let rollcall: ServerProcess;
let server: TestIdentityServer;
let team: string;
let load: Load;
let pool: ConnectionPool;

const isPossible = canMount();

beforeEach(async () => {
  disk = await mountSmallDisk(MEGABYTES, RESERVE);
  rollcall = await startProcess({ data: join(disk.path, 'data') });
  server = await rollcall.identityServer();
  team = await server.group('Team');
  load = createLoad(CLIENTS, team, createRandom(1));
  pool = openPool(server, CLIENTS);
});
afterEach(async () => {
  await pool.close();
  await rollcall.remove();
  await disk.remove();
});

/** Writes until nothing is taken any more; what was answered, by status. */
async function fill(): Promise<Map<number, number>> {
  const statuses = new Map<number, number>();
  let refused = 0;
  await load.run(pool, (answer) => {
    if (answer === undefined) throw new Error('The connection broke');
    statuses.set(answer.status, (statuses.get(answer.status) ?? 0) + 1);
    if (answer.status === 503) expect(answer.headers['retry-after']).toMatch(/^\d+$/);
    refused = answer.status === 503 ? refused + 1 : 0;
    return refused < FULL;
  });
  return statuses;
}

/** Tries until a write is taken again. */
async function recovered(): Promise<boolean> {
  for (let attempt = 0; attempt < 100; attempt++) {
    const answer = await pool.request('POST', '/Users', plainUser(`recovery-${attempt}@acme.example`));
    if (answer.status === 201) {
      await pool.request('DELETE', `/Users/${JSON.parse(answer.text).id}`);
      return true;
    }
    await pause(100);
  }
  return false;
}

describe.runIf(isPossible)('a full disk', () => {
  it('is answered with 503 and Retry-After, never with a false 2xx, until space returns', async () => {
    const statuses = await fill();
    console.log('full:', Object.fromEntries(statuses));
    expect([...statuses.keys()].filter((status) => status >= 300)).toEqual([503]);
    expect(await inspect(pool, load.persons, new Set(load.persons), team)).toEqual([]);

    await disk.release();
    expect(await recovered()).toBe(true);
    let writes = 0;
    await load.run(pool, (answer) => {
      expect(answer?.status).toBeLessThan(300);
      return ++writes < 500;
    });
    expect(await inspect(pool, load.persons, new Set(load.persons), team)).toEqual([]);
  });

  it('loses nothing acknowledged when the process is killed while it is full', async () => {
    await fill();
    await pool.close();
    await rollcall.kill('SIGKILL');
    await disk.release();
    await rollcall.start();
    pool = openPool(server, CLIENTS);
    expect(await inspect(pool, load.persons, new Set(load.persons), team)).toEqual([]);
    expect(await recovered()).toBe(true);
  });
});
