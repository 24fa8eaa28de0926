import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openPool } from '../harness/pool.ts';
import { type ServerProcess, startProcess } from '../harness/process.ts';
import { createRandom } from '../harness/random.ts';
import { inspect } from './inspect.ts';
import { createLoad } from './load.ts';

const ROUNDS = Number(process.env.ROUNDS ?? 20);
const SEED = Number(process.env.SEED ?? Date.now() % 1_000_000);
const CLIENTS = 16;

let rollcall: ServerProcess;
beforeAll(async () => {
  console.log(`SEED=${SEED} ROUNDS=${ROUNDS}`);
  rollcall = await startProcess();
});
afterAll(() => rollcall.remove());

describe('SIGKILL under write load', () => {
  it(`loses no acknowledged write and leaves none half, ${ROUNDS} times`, { timeout: ROUNDS * 30_000 }, async () => {
    const server = await rollcall.identityServer();
    const team = await server.group('Team');
    const random = createRandom(SEED);
    const load = createLoad(CLIENTS, team, random);
    let acknowledged = 0;
    let slowest = 0;
    for (let round = 0; round < ROUNDS; round++) {
      const pool = openPool(server, CLIENTS);
      const loading = load.run(pool, (answer) => {
        if (answer === undefined) return false;
        if (answer.status >= 300) throw new Error(`A write was refused: ${answer.status} ${answer.text}`);
        acknowledged++;
        return true;
      });
      await pause(200 + random.below(1000));
      await rollcall.kill('SIGKILL');
      const touched = await loading;
      await pool.close();
      slowest = Math.max(slowest, await rollcall.start());
      const reader = openPool(server, CLIENTS);
      expect(await inspect(reader, load.persons, touched, team)).toEqual([]);
      await reader.close();
    }
    console.log(`${acknowledged} acknowledged writes, ${ROUNDS} kills, ready again within ${slowest.toFixed(0)} ms`);
    expect(acknowledged).toBeGreaterThan(ROUNDS * 50);
  });
});
