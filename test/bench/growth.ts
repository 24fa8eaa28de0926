import { join } from 'node:path';
import { textAt } from '../harness/value-at.ts';
import { type Message, openConnections } from './connections.ts';
import { measureIsolation } from './isolation.ts';
import { cpuRatio, type Figures, medians, requireSuccess } from './measure.ts';
import { oneMember } from './one-member.ts';
import { type Filled, get, lookupByUserName, page, patchUser } from './operations.ts';
import { type BenchOptions, chosen } from './options.ts';
import type { Report } from './report.ts';
import { measureRestart } from './restart.ts';
import { openSide, type SeededServer, type Side } from './side.ts';
import { milliseconds, table, times } from './table.ts';
import { type Effort, inTurns } from './turns.ts';

const FEW = { users: 1000, members: 10 };
const CONNECTIONS = 16;
const REACH = 1.3;
const EFFORT = { rounds: 9, seconds: 0.8, warmUp: 1.5 };
const QUICK = { rounds: 3, seconds: 0.5, warmUp: 0.5 };

interface GrowthOperation {
  readonly key: string;
  readonly name: string;
  /** Prepares it on a server: what its `index`-th request is. */
  readonly prepare: (server: SeededServer) => Promise<(index: number) => Message>;
}

const onSample =
  (message: (filled: Filled, index: number) => Message): GrowthOperation['prepare'] =>
  async ({ seeded }) => {
    const filled: Filled = { users: seeded.sample, groups: [], strangers: [] };
    return (index) => message(filled, index);
  };

const OPERATIONS: readonly GrowthOperation[] = [
  { key: 'get', name: 'get', prepare: onSample(get.message) },
  { key: 'lookup', name: 'lookup by `userName`', prepare: onSample(lookupByUserName.message) },
  { key: 'patch', name: 'PATCH of a user', prepare: onSample(patchUser.message) },
  {
    key: 'member',
    name: 'PATCH of one member',
    prepare:
      async ({ seeded }) =>
      (index) =>
        oneMember(seeded.strangers, [seeded.group], index),
  },
  { key: 'page', name: 'page of 100 with its total', prepare: onSample(page.message) },
  { key: 'cursor', name: 'cursor page of 50', prepare: cursorPage },
];
const OTHERS = [{ key: 'isolation' }, { key: 'restart' }];

/** A page in the middle of the smaller of both walks. */
async function cursorPage({ address }: SeededServer): Promise<() => Message> {
  const connections = openConnections(address, 1);
  const pageAfter = (cursor: string): Message => ({
    method: 'GET',
    path: `/Users?count=50&cursor=${encodeURIComponent(cursor)}`,
  });
  let cursor = '';
  for (let pages = 0; pages < 10; pages++) {
    const answer = await connections.send(0, pageAfter(cursor));
    requireSuccess(pageAfter(cursor), answer);
    cursor = textAt(JSON.parse(answer.text()), '$.nextCursor');
  }
  await connections.close();
  return () => pageAfter(cursor);
}

/** Measures the same operations on a thousand users and on a million, then what a million make slow. */
export async function compareGrowth(options: BenchOptions): Promise<Report> {
  const wanted = chosen([...OPERATIONS, ...OTHERS], options.only).map(({ key }) => key);
  const operations = OPERATIONS.filter(({ key }) => wanted.includes(key));
  const { users, data, profile, database } = options;
  const small = await openSide({ ...FEW, database });
  const kept = data === undefined ? undefined : join(data, `users-${users}`);
  const big = await openSide({ users, members: users, data: kept, profile, database });
  try {
    const results = await compareSides(operations, small, big, options.quick ? QUICK : EFFORT);
    const isolation = wanted.includes('isolation') ? await measureIsolation(big, users) : undefined;
    // What a full write-ahead log costs is PostgreSQL's own affair.
    const restart =
      wanted.includes('restart') && database === 'sqlite'
        ? await measureRestart(big, options.quick ? 1 : 3)
        : undefined;
    const misses = results
      .filter(({ ratio }) => ratio > REACH)
      .map(
        ({ name, ratio }) => `${name}: ${times(ratio)} of what it takes with ${FEW.users} users; ${REACH}× is the goal`,
      );
    const parts = [tableOf(results, users), isolation?.markdown, restart?.markdown];
    return {
      markdown: parts.filter((part) => part !== undefined).join('\n\n'),
      misses: [...misses, ...(isolation?.misses ?? []), ...(restart?.misses ?? [])],
      figures: { operations: results, isolation: isolation?.figures, restart: restart?.figures },
    };
  } finally {
    await small.remove();
    await big.remove();
  }
}

interface Result {
  readonly key: string;
  readonly name: string;
  readonly few: Figures;
  readonly many: Figures;
  readonly ratio: number;
}

async function compareSides(
  operations: readonly GrowthOperation[],
  small: Side,
  big: Side,
  effort: Effort,
): Promise<Result[]> {
  const results: Result[] = [];
  for (const { key, name, prepare } of operations) {
    const contestants = [];
    for (const { meter, main } of [small, big]) {
      const messageAt = await prepare(main);
      let sent = 0;
      const connections = openConnections(main.address, CONNECTIONS);
      contestants.push({ meter, connections, message: () => messageAt(sent++) });
    }
    const [few = [], many = []] = await inTurns(contestants, effort);
    for (const { connections } of contestants) await connections.close();
    results.push({ key, name, few: medians(few), many: medians(many), ratio: cpuRatio(many, few) });
    process.stderr.write(`${name} is measured\n`);
  }
  return results;
}

function tableOf(results: readonly Result[], users: number): string | undefined {
  if (results.length === 0) return undefined;
  const header = [
    'operation',
    `CPU at ${FEW.users}`,
    `CPU at ${users}`,
    'growth',
    `p50 at ${FEW.users}`,
    `p50 at ${users}`,
  ];
  const rows = results.map(({ name, few, many, ratio }) => [
    name,
    milliseconds(few.cpu),
    milliseconds(many.cpu),
    times(ratio),
    milliseconds(few.p50),
    milliseconds(many.p50),
  ]);
  const note = `Milliseconds, medians of rounds in turns at ${CONNECTIONS} connections; groups of ${FEW.members} and of ${users} members.`;
  return `${table(header, rows)}\n\n${note}`;
}
