import { createUsers } from '../harness/create-users.ts';
import type { TestIdentityServer } from '../harness/identity-server.ts';
import { entraUser, group } from '../harness/messages.ts';
import { inParallel, openPool } from '../harness/pool.ts';
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

/** One Rollcall with a directory in it, and an empty one beside it that is to be provisioned from the first. */
export async function compareProvisioning({ quick }: BenchOptions): Promise<Report> {
  const size = quick ? QUICK : FULL;
  const pair: Pair = { source: await startProcess(), target: await startProcess() };
  try {
    const directory = await pair.source.identityServer();
    await pair.target.identityServer();
    const phases = [
      await measurePhase('seeding', size.users + size.groups + size.memberships, pair, () => fill(directory, size)),
    ];
    return { markdown: table(HEADER, phases.map(row)), misses: [], figures: { size, phases } };
  } finally {
    await pair.source.remove();
    await pair.target.remove();
  }
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
