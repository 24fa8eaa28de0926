import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { inspect } from '../faults/inspect.ts';
import { createLoad } from '../faults/load.ts';
import { openPool } from '../harness/pool.ts';
import { type PostgresCluster, startPostgres } from '../harness/postgres-cluster.ts';
import { type Processes, startProcesses } from '../harness/processes.ts';
import { createRandom, type Random } from '../harness/random.ts';
import { type Answer, send } from '../harness/send.ts';

const SEED = Number(process.env.SEED ?? 5);
const ROUNDS = Number(process.env.ROUNDS ?? 1);
const CLIENTS = 12;
const PERSONS_EACH = 12;
/** So many writes are acknowledged before a fault, and again after it. */
const ENOUGH = 60;
const WITHIN = 240_000;
const TEN_SECONDS = 10_000;
const PATIENT = { timeout: WITHIN, interval: 20 };

let cluster: PostgresCluster | undefined;
let processes: Processes;
beforeAll(async () => {
  cluster = await startPostgres({ settings: 'durable' });
  const { url } = await cluster.database();
  processes = await startProcesses({ databaseUrl: url });
}, WITHIN);
afterAll(async () => {
  await processes?.remove();
  await cluster?.close();
}, WITHIN);

const get = (origin: string, path: string) => send({ origin }, { method: 'GET', path });

interface Fault {
  readonly name: string;
  /** Does it and undoes it. */
  happen(random: Random): Promise<void>;
}

async function restartPostgres(how: 'fast' | 'immediate', random: Random): Promise<void> {
  await cluster?.stop(how);
  await pause(random.below(500));
  await cluster?.start();
}

const FAULTS: readonly Fault[] = [
  {
    name: 'SIGKILL of one process after the other',
    async happen(random) {
      for (const one of processes.all) {
        await one.kill('SIGKILL');
        await pause(random.below(500));
        await one.start();
      }
    },
  },
  { name: 'a crash of PostgreSQL', happen: (random) => restartPostgres('immediate', random) },
  { name: 'a restart of PostgreSQL', happen: (random) => restartPostgres('fast', random) },
  {
    name: 'ten seconds without PostgreSQL',
    async happen() {
      await cluster?.stop('immediate');
      const over = pause(TEN_SECONDS);
      for (const { origin } of processes.all) {
        await expect.poll(async () => (await get(origin, '/readyz')).status, PATIENT).toBe(503);
        const ready = await get(origin, '/readyz');
        expect([ready.headers['retry-after'], ready.text]).toEqual(['5', expect.stringContaining('cannot be reached')]);
        expect((await get(origin, '/healthz')).status).toBe(200);
      }
      await over;
      await cluster?.start();
      for (const { origin } of processes.all) {
        await expect.poll(async () => (await get(origin, '/readyz')).status, PATIENT).toBe(200);
      }
    },
  },
  {
    name: 'SIGKILL of a process while PostgreSQL is away',
    async happen(random) {
      await cluster?.stop('immediate');
      const one = random.pick(processes.all);
      await one.kill('SIGKILL');
      await cluster?.start();
      await one.start();
    },
  },
];

/** What a client may get that wrote to a server whose process or database went away: it can try again. */
const isRetriable = (answer: Answer | undefined): boolean =>
  answer === undefined || (answer.status === 503 && Number(answer.headers['retry-after']) > 0);

describe(`write load on three processes (SEED=${SEED} ROUNDS=${ROUNDS})`, { timeout: WITHIN * ROUNDS }, () => {
  it.each(FAULTS)('$name loses no acknowledged write and leaves none half', async ({ name, happen }) => {
    const random = createRandom(SEED);
    const server = await processes.identityServer();
    const team = await server.group(`Team of ${name}`);
    const load = createLoad(CLIENTS, team, random, PERSONS_EACH);
    for (let round = 0; round < ROUNDS; round++) {
      const pids = processes.all.map((one) => one.pid());
      const pool = processes.pool(server, CLIENTS);
      const refused: string[] = [];
      let acknowledged = 0;
      let over = false;
      const loading = load.run(pool, (answer) => {
        if (answer !== undefined && answer.status < 300) acknowledged++;
        else if (!isRetriable(answer)) refused.push(`${answer?.status} ${answer?.text}`);
        return !over;
      });
      await vi.waitUntil(() => acknowledged >= ENOUGH, PATIENT);
      await happen(random);
      const before = acknowledged;
      await vi.waitUntil(() => acknowledged >= before + ENOUGH, PATIENT);
      over = true;
      const touched = await loading;
      await pool.close();
      expect(refused).toEqual([]);
      const reader = openPool({ ...server, baseUrl: baseUrlAt(random.pick(processes.all).origin, server.baseUrl) }, 4);
      expect(await inspect(reader, load.persons, touched, team)).toEqual([]);
      await reader.close();
      if (!name.startsWith('SIGKILL')) expect(processes.all.map((one) => one.pid())).toEqual(pids);
      for (const one of processes.all) expect((await one.admin('GET', '/status')).status).toBe(200);
    }
  });
});

const baseUrlAt = (origin: string, baseUrl: string): string => origin + new URL(baseUrl).pathname;
