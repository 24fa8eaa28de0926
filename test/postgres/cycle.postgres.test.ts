import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type CrashBench, crashBenchOf } from '../applications/crash-bench.ts';
import { dieAt, prepare } from '../applications/crash-changes.ts';
import type { Moment, Verb } from '../applications/crash-proxy.ts';
import { inParallel } from '../harness/pool.ts';
import { type PostgresCluster, startPostgres } from '../harness/postgres-cluster.ts';
import type { ServerProcess } from '../harness/process.ts';
import { processOfPort } from '../harness/process-of-port.ts';
import { type Processes, startProcesses } from '../harness/processes.ts';
import { createRandom, type Random } from '../harness/random.ts';

const SEED = Number(process.env.SEED ?? 3);
const TAKEN_OVER_WITHIN = 30_000;
const WITHIN = 240_000;
const PATIENT = { timeout: WITHIN, interval: 20 };
/** An initial cycle of so many is spread. */
const MANY = 1000;
const TEAMS = 6;

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

/** A directory and a target of their own, on the processes that all tests share. */
const bench = (begin: 'started' | 'idle'): Promise<CrashBench<Processes>> =>
  crashBenchOf({ ...processes, remove: async () => undefined }, 'disable', begin);

function findSender(port: number): ServerProcess | undefined {
  const pids = processes.all.flatMap((one) => one.pid() ?? []);
  const pid = processOfPort(port, pids);
  return processes.all.find((one) => one.pid() !== undefined && one.pid() === pid);
}

function senderAt(port: number): ServerProcess {
  const sender = findSender(port);
  if (sender === undefined) throw new Error(`None of the processes sends from ${port}`);
  return sender;
}

describe.runIf(process.platform === 'linux')('a cycle', { timeout: WITHIN }, () => {
  it.each<[Verb, Moment]>([
    ['create', 'afterReceiving'],
    ['create', 'beforeCall'],
    ['memberAdd', 'afterReceiving'],
  ])('goes on in another process within 30 s when its own is killed: %s, %s', async (verb, moment) => {
    const crash = await bench('started');
    await prepare(crash);
    let killed: ServerProcess | undefined;
    await dieAt(crash, verb, moment, async (port) => {
      killed = senderAt(port);
      await killed.kill('SIGKILL');
    });
    const asked = crash.proxy.requests();
    await vi.waitUntil(() => crash.proxy.requests() > asked, { timeout: TAKEN_OVER_WITHIN, interval: 20 });
    // The directory is still at the process that is gone, if that one was the first.
    await killed?.start();
    expect(await crash.inspect()).toEqual([]);
    await crash.close();
  });

  it.each<['immediate' | 'fast', number, Verb, Moment]>([
    ['immediate', 0, 'create', 'afterReceiving'],
    ['fast', 0, 'memberAdd', 'afterAnswer'],
    // Long enough for every process to give up what it holds.
    ['immediate', 15, 'update', 'afterOutcome'],
  ])('goes on after a restart of PostgreSQL (%s, %i s later): %s, %s', async (how, seconds, verb, moment) => {
    const pids = processes.all.map((one) => one.pid());
    const crash = await bench('started');
    await prepare(crash);
    await dieAt(crash, verb, moment, async () => {
      await cluster?.stop(how);
      await pause(seconds * 1000);
      await cluster?.start();
    });
    expect(await crash.inspect()).toEqual([]);
    expect(processes.all.map((one) => one.pid())).toEqual(pids);
    await crash.close();
  });

  it(`that is spread over the processes survives all that happens while it runs (SEED=${SEED})`, async () => {
    const random = createRandom(SEED);
    const crash = await bench('idle');
    let left = MANY;
    await inParallel(16, async () => {
      if (left-- <= 0) return false;
      await crash.hire();
      return true;
    });
    for (let n = 0; n < TEAMS; n++) await crash.found(crash.staff().slice(n, n + 8));
    const senders = new Set<ServerProcess>();
    const stopWatching = watch(crash, senders);
    await crash.application.start();
    await vi.waitUntil(() => senders.size > 1, PATIENT);
    stopWatching();
    await trouble(random);
    expect(await crash.inspect()).toEqual([]);
    await crash.close();
  });
});

/** Each process dies at some time, and PostgreSQL now and then. */
async function trouble(random: Random): Promise<void> {
  for (const one of processes.all) {
    await pause(random.below(1500));
    await one.kill('SIGKILL');
    if (random.chance(0.5)) {
      await cluster?.stop('immediate');
      await cluster?.start();
    }
    await one.start();
  }
}

/** Notes which of the processes send, until it is told to end. */
function watch({ proxy }: CrashBench<Processes>, senders: Set<ServerProcess>): () => void {
  const look = setInterval(() => {
    for (const port of proxy.ports()) {
      const sender = findSender(port);
      if (sender !== undefined) senders.add(sender);
    }
  }, 50);
  return () => clearInterval(look);
}
