import { openConnections } from './connections.ts';
import { fill } from './fill.ts';
import { cpuRatio, type Figures, measure, medians } from './measure.ts';
import { type Filled, OPERATIONS, type Operation } from './operations.ts';
import { type BenchOptions, chosen } from './options.ts';
import type { Report } from './report.ts';
import { milliseconds, table, times } from './table.ts';
import { startBeside, startRollcall, type Target } from './targets.ts';

const CONNECTIONS = 16;
const SIZE = { users: 2000, strangers: 2000 };
/** SCIMMY looks at every user for each query, so it gets fewer of them. */
const FEWER = { users: 500, strangers: 400 };
const PAGE_WITHIN = 3;
const MEMBER_WITHIN = 1.5;
const EFFORT = { rounds: 7, seconds: 1, warmUp: 1.5 };
const QUICK = { rounds: 3, seconds: 0.4, warmUp: 0.3 };

type Contender = 'floor' | 'rollcall' | 'scimmy';
/** All rounds of each operation. */
type Rounds = ReadonlyMap<Operation, Figures[]>;

/** Measures every operation on Rollcall, the floor and SCIMMY in turns, so that what disturbs one disturbs them all. */
export async function compareSpeed(options: BenchOptions): Promise<Report> {
  const operations = chosen(OPERATIONS, options.only);
  const targets: [Contender, Target][] = [
    ['floor', await startBeside('floor.ts')],
    ['rollcall', await startRollcall({ profile: options.profile })],
    ['scimmy', await startBeside('scimmy.ts')],
  ];
  try {
    const sides = [];
    for (const [name, target] of targets) {
      const measured = await prepare(name, target);
      sides.push({ name, measured });
    }
    const { rounds, seconds, warmUp } = options.quick ? QUICK : EFFORT;
    for (const operation of operations) {
      for (const { measured } of sides) await measured.round(operation, warmUp, false);
      for (let round = 0; round < rounds; round++) {
        for (const { measured } of sides) await measured.round(operation, seconds, true);
      }
      process.stderr.write(`${operation.name} is measured\n`);
    }
    const results = new Map(sides.map(({ name, measured }) => [name, measured.rounds]));
    return report(operations, (contender, operation) => results.get(contender)?.get(operation) ?? []);
  } finally {
    for (const [, target] of targets) await target.stop();
  }
}

interface Measured {
  readonly rounds: Rounds;
  round(operation: Operation, seconds: number, counts: boolean): Promise<void>;
}

async function prepare(contender: Contender, target: Target): Promise<Measured> {
  const connections = openConnections(target, CONNECTIONS);
  const filled: Filled = await fill(connections, contender === 'scimmy' ? FEWER : SIZE);
  const rounds = new Map<Operation, Figures[]>();
  const sent = new Map<Operation, number>();
  return {
    rounds,
    async round(operation, seconds, counts) {
      const first = sent.get(operation) ?? 0;
      let last = first;
      const figures = await measure(target.meter, connections, seconds, (index) => {
        last = first + index + 1;
        const asked = contender === 'floor' ? (operation.floor ?? operation) : operation;
        return asked.message(filled, first + index);
      });
      sent.set(operation, last);
      if (counts) rounds.set(operation, [...(rounds.get(operation) ?? []), figures]);
    },
  };
}

function report(
  operations: readonly Operation[],
  roundsOf: (contender: Contender, operation: Operation) => readonly Figures[],
): Report {
  const header = [
    'operation',
    'requests/s',
    'p50 ms',
    'p99 ms',
    'CPU floor',
    'CPU Rollcall',
    'CPU SCIMMY',
    'of the floor',
  ];
  const results = operations.map((operation) => {
    const [floor, rollcall] = [roundsOf('floor', operation), roundsOf('rollcall', operation)];
    const scimmy = medians(roundsOf('scimmy', operation));
    return { operation, floor: medians(floor), rollcall: medians(rollcall), scimmy, ratio: cpuRatio(rollcall, floor) };
  });
  const rows = results.map(({ operation, floor, rollcall, scimmy, ratio }) => [
    operation.name,
    rollcall.perSecond.toFixed(0),
    milliseconds(rollcall.p50),
    milliseconds(rollcall.p99),
    milliseconds(floor.cpu),
    milliseconds(rollcall.cpu),
    milliseconds(scimmy.cpu),
    times(ratio),
  ]);
  const misses = results
    .filter(({ operation, ratio }) => ratio > (operation.reach ?? Number.POSITIVE_INFINITY))
    .map(
      ({ operation, ratio }) =>
        `${operation.name}: ${times(ratio)} of the floor's CPU; ${operation.reach}× is the goal`,
    );
  const cpuOf = (key: string) => results.find(({ operation }) => operation.key === key)?.rollcall.cpu ?? Number.NaN;
  if (cpuOf('page') > PAGE_WITHIN)
    misses.push(`page of 100: ${milliseconds(cpuOf('page'))} ms of CPU; ${PAGE_WITHIN} is the goal`);
  const member = cpuOf('member') / cpuOf('patch');
  if (member > MEMBER_WITHIN)
    misses.push(`add one member: ${times(member)} of a user PATCH; ${MEMBER_WITHIN}× is the goal`);
  const notes = [
    `Medians of rounds in turns, at ${CONNECTIONS} connections. Requests/s, p50 and p99 are Rollcall's; CPU is milliseconds`,
    `of the server's processor time for a request. 4,101 users; SCIMMY, which looks at all of them for each, has 1,001.`,
    `A one-member PATCH takes ${times(member)} of a user PATCH.`,
  ];
  return {
    markdown: `${table(header, rows)}\n\n${notes.join('\n')}`,
    misses,
    figures: results.map(({ operation, ...rest }) => ({ operation: operation.key, ...rest })),
  };
}
