import { readFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import type { Json } from '@rollcall/scim';
import { createUsers } from '../harness/create-users.ts';
import type { TestIdentityServer } from '../harness/identity-server.ts';
import { entraUser, group, patch } from '../harness/messages.ts';
import { type ConnectionPool, inParallel, openPool } from '../harness/pool.ts';
import { type ServerProcess, startProcess } from '../harness/process.ts';
import type { BenchOptions } from './options.ts';
import { processorTime } from './processor-time.ts';
import type { Report } from './report.ts';
import { table } from './table.ts';

/** What the source holds. Each group has as many members, and each user is in as many groups. */
interface Size {
  readonly users: number;
  readonly groups: number;
  readonly memberships: number;
}

/** Seconds that something took by the clock, and of the processor time of each server. */
interface Phase {
  readonly name: string;
  /** Objects and memberships that it was about. */
  readonly count: number;
  readonly elapsed: number;
  readonly source: number;
  readonly target: number;
}

interface Pair {
  readonly source: ServerProcess;
  readonly target: ServerProcess;
}

const FULL: Size = { users: 10_000, groups: 500, memberships: 60_000 };
const QUICK: Size = { users: 1000, groups: 50, memberships: 6000 };
const CONNECTIONS = 16;

/** One Rollcall with a directory in it, and an empty one beside it that is provisioned from the first. */
export async function compareProvisioning({ quick, users }: BenchOptions): Promise<Report> {
  const size = quick ? QUICK : FULL;
  const pair: Pair = { source: await startProcess(), target: await startProcess() };
  try {
    const directory = await pair.source.identityServer();
    const target = await pair.target.identityServer();
    const all = size.users + size.groups + size.memberships;
    const phases = [await measurePhase('seeding', all, pair, () => fill(directory, size))];
    const application = await addApplication(pair.source, directory, target);
    phases.push(await measurePhase('initial cycle', all, pair, () => application.begin('start')));
    const position = await newest(pair.target, target);
    phases.push(await measurePhase('second run, nothing changed', all, pair, () => application.begin('restart')));
    const idleWrites = await writesAfter(pair.target, target, position);
    const latencies = await changeLatencies(directory, target, quick ? 20 : 100);
    const [initial, second] = [phases[1]?.elapsed ?? 0, phases[2]?.elapsed ?? 0];
    const resident = quick
      ? undefined
      : await residentAt(pair.source, directory, application, Math.min(users, 100_000));
    const lines = [
      table(HEADER, phases.map(row)),
      '',
      `Requests that wrote during the second run: ${idleWrites}`,
      `A change reaches the target in ${quantile(latencies, 0.5).toFixed(0)} ms (median), ${quantile(latencies, 0.95).toFixed(0)} ms (95th percentile)`,
      `Engine CPU of the initial cycle: ${(((phases[1]?.source ?? 0) * 1e6) / all).toFixed(0)} µs per object and membership`,
      ...(resident === undefined
        ? []
        : [
            `Resident memory of the source after a cycle over ${resident.users} users: ${resident.megabytes} MB at most`,
          ]),
      `Microsoft publishes 0.01 to 0.08 minutes for each user, group and membership of a first cycle: ${ENTRA(all)}`,
    ];
    const misses = [
      ...(initial > 60 ? [`the initial cycle took ${initial.toFixed(1)} s; the goal is 60 s`] : []),
      ...(second > 3 ? [`the second run took ${second.toFixed(1)} s; the goal is 3 s`] : []),
      ...(idleWrites > 0 ? [`the second run wrote ${idleWrites} times; the goal is never`] : []),
      ...(quantile(latencies, 0.95) > 2000 ? ['a change took more than 2 s at the 95th percentile'] : []),
      ...((resident?.megabytes ?? 0) > 300 ? [`${resident?.megabytes} MB resident; the goal is 300 MB`] : []),
    ];
    return { markdown: lines.join('\n'), misses, figures: { size, phases, latencies, idleWrites, resident } };
  } finally {
    await pair.source.remove();
    await pair.target.remove();
  }
}

/** What the published range (entra-docs, "Check the status of user provisioning") makes of so many. */
const ENTRA = (all: number): string => `${((all * 0.01) / 60).toFixed(0)} to ${((all * 0.08) / 60).toFixed(0)} hours`;

interface BenchApplication {
  /** Starts or restarts it and resolves when its initial cycle has succeeded. */
  begin(how: 'start' | 'restart'): Promise<void>;
}

async function addApplication(
  source: ServerProcess,
  directory: TestIdentityServer,
  target: TestIdentityServer,
): Promise<BenchApplication> {
  const connection = { baseUrl: target.baseUrl, credentials: { kind: 'token' }, dialect: 'rfc', secret: target.token };
  const body = { name: 'Bench', slug: 'bench', directory: directory.slug, connection, settings: { scope: 'all' } };
  await ask(source, 'POST', '/applications', body);
  return {
    async begin(how) {
      const cycles = async (): Promise<readonly CycleShown[]> =>
        (await ask(source, 'GET', '/applications/bench/cycles')).cycles ?? [];
      const known = new Set((await cycles()).map(({ id }) => id));
      await ask(source, 'POST', `/applications/bench/${how}`, how === 'restart' ? { reset: ['watermark'] } : undefined);
      for (;;) {
        const ended = (await cycles()).find(
          ({ id, kind, state }) => !known.has(id) && kind === 'initial' && state !== 'running',
        );
        if (ended?.state === 'succeeded') return;
        if (ended !== undefined) throw new Error(`The cycle ended with ${JSON.stringify(ended)}`);
        await wait(50);
      }
    },
  };
}

interface CycleShown {
  readonly id: string;
  readonly kind: string;
  readonly state: string;
}

async function ask(
  server: ServerProcess,
  method: Parameters<ServerProcess['admin']>[0],
  path: string,
  body?: Json,
): Promise<{ cycles?: CycleShown[]; entries?: { n: number; method: string }[] }> {
  const answer = await server.admin(method, path, body);
  if (answer.status >= 400) throw new Error(`${method} ${path}: ${answer.status} ${answer.text}`);
  return answer.text === '' ? {} : JSON.parse(answer.text);
}

/** Newest position of the target's request log. */
async function newest(server: ServerProcess, { slug }: TestIdentityServer): Promise<number> {
  const { entries = [] } = await ask(server, 'GET', `/identity-servers/${slug}/log?limit=1`);
  return entries[0]?.n ?? 0;
}

/** How many requests behind this position of the request log were to write. */
async function writesAfter(server: ServerProcess, { slug }: TestIdentityServer, position: number): Promise<number> {
  const { entries = [] } = await ask(server, 'GET', `/identity-servers/${slug}/log?after=${position}&limit=1000`);
  return entries.filter(({ method }) => method !== 'GET').length;
}

/** Milliseconds from a change in the directory until the target shows it, one change after another. */
async function changeLatencies(
  directory: TestIdentityServer,
  target: TestIdentityServer,
  rounds: number,
): Promise<number[]> {
  const [from, to] = [openPool(directory, 1), openPool(target, 1)];
  try {
    const latencies: number[] = [];
    const find = async (pool: ConnectionPool, number: number): Promise<{ id: string; title?: string }> => {
      const filter = encodeURIComponent(`userName eq "${entraUser(number).userName}"`);
      const answer = await pool.request('GET', `/Users?filter=${filter}`);
      return JSON.parse(answer.text).Resources[0];
    };
    for (let round = 0; round < rounds; round++) {
      const { id } = await find(from, round);
      const title = `Title ${round} ${Date.now()}`;
      const began = performance.now();
      await from.request('PATCH', `/Users/${id}`, patch({ op: 'replace', path: 'title', value: title }));
      while ((await find(to, round)).title !== title) await wait(2);
      latencies.push(performance.now() - began);
    }
    return latencies;
  } finally {
    await from.close();
    await to.close();
  }
}

const quantile = (values: readonly number[], q: number): number =>
  values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * q))] ?? 0;

/** Fills the directory up to so many users and has them provisioned; the most memory that the source held meanwhile. */
async function residentAt(
  source: ServerProcess,
  directory: TestIdentityServer,
  application: BenchApplication,
  users: number,
): Promise<{ users: number; megabytes: number }> {
  await source.kill('SIGTERM');
  await source.start();
  const pool = openPool(directory, CONNECTIONS);
  try {
    await createUsers(pool, users - FULL.users, (number) => entraUser(number + FULL.users));
  } finally {
    await pool.close();
  }
  await application.begin('restart');
  return { users, megabytes: Math.round(peakMemory(source.pid() ?? 0) / 1024) };
}

/** Kilobytes of memory that a process has had at most (VmHWM of /proc/PID/status). */
function peakMemory(pid: number): number {
  return Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0);
}

const HEADER = ['phase', 'objects', 'seconds', 'objects/s', 'source CPU s', 'target CPU s', 'CPU ms/object'];

function row({ name, count, elapsed, source, target }: Phase): string[] {
  const each = ((source + target) * 1000) / count;
  const seconds = [elapsed, count / elapsed, source, target].map((value, at) => value.toFixed(at === 1 ? 0 : 2));
  return [name, String(count), ...seconds, each.toFixed(3)];
}

/** Runs `work` and says what it cost both servers. */
async function measurePhase(name: string, count: number, pair: Pair, work: () => Promise<void>): Promise<Phase> {
  const seconds = (server: ServerProcess): number => processorTime(server.pid() ?? 0) / 1000;
  const before = { source: seconds(pair.source), target: seconds(pair.target) };
  const began = performance.now();
  await work();
  return {
    name,
    count,
    elapsed: (performance.now() - began) / 1000,
    source: seconds(pair.source) - before.source,
    target: seconds(pair.target) - before.target,
  };
}

/** Writes users, then groups with their members, over SCIM. */
async function fill(directory: TestIdentityServer, { users, groups, memberships }: Size): Promise<void> {
  const pool = openPool(directory, CONNECTIONS);
  try {
    const ids = await createUsers(pool, users, entraUser);
    const each = memberships / groups;
    let next = 0;
    await inParallel(CONNECTIONS, async () => {
      const number = next++;
      if (number >= groups) return false;
      const members = Array.from({ length: each }, (_, index) => ids[(number * each + index) % users] ?? '');
      const answer = await pool.request('POST', '/Groups', group(`Team ${number}`, members));
      if (answer.status !== 201) throw new Error(`POST: ${answer.status} ${answer.text}`);
      return true;
    });
  } finally {
    await pool.close();
  }
}
