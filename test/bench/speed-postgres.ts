import type { JsonObject } from '@rollcall/scim';
import { entraUser, patch } from '../harness/messages.ts';
import { startProcess } from '../harness/process.ts';
import { type Address, type Connections, type Message, openConnections } from './connections.ts';
import { type Database, startDatabase } from './database.ts';
import { fill } from './fill.ts';
import { installJackson } from './jackson-package.ts';
import { cpuRatio, type Figures, medians } from './measure.ts';
import { oneMember } from './one-member.ts';
import { type Filled, OPERATIONS, userAt } from './operations.ts';
import { type BenchOptions, chosen } from './options.ts';
import { type Meter, meterOf } from './processor-time.ts';
import type { Report } from './report.ts';
import type { Seeded } from './seed.ts';
import { seedPostgres } from './seed-postgres.ts';
import { milliseconds, table, times } from './table.ts';
import { processOptions, startBeside, type Target } from './targets.ts';
import { inTurns } from './turns.ts';

/** With as many, Jackson and another server were measured elsewhere. */
const CONNECTIONS = 8;
const SIZE = { users: 800, strangers: 100 };
/** Users of both are in no group; Rollcall's groups are on identity servers of their own. */
const NO_TEAMS = { groups: 1, members: 1 };
const GROUP_SIZES = [10, 1000, 100_000] as const;
const JACKSON_GROUP = 1000;
/** Of Jackson's processor time; a PATCH of one member may grow so many times with the group. */
const REACH = 1 / 5;
const GROWTH = 1.3;
const EFFORT = { rounds: 7, seconds: 1, warmUp: 1.5 };
const QUICK = { rounds: 3, seconds: 0.5, warmUp: 0.5 };

/** A server with what it holds. */
interface Side {
  readonly meter: Meter;
  readonly connections: Connections;
  readonly filled: Filled;
}

interface Measured {
  readonly key: string;
  readonly name: string;
  readonly rollcall: () => Message;
  readonly connections: Connections;
  /** What Jackson is asked beside it; undefined where it has nothing of the kind. */
  readonly jackson: (() => Message) | undefined;
}

/** Measures every operation on Rollcall and on Jackson, each with a PostgreSQL of its own that is set up the same. */
export async function compareSpeedOnPostgres(options: BenchOptions): Promise<Report> {
  const keys = [
    ...OPERATIONS.filter(({ key }) => key !== 'member'),
    ...GROUP_SIZES.map((size) => ({ key: `member-${size}` })),
  ];
  const wanted = new Set(chosen(keys, options.only).map(({ key }) => key));
  const databases: Database[] = [];
  const stops: (() => Promise<void>)[] = [];
  try {
    const installed = await installJackson();
    databases.push(await startDatabase(), await startDatabase());
    const [ours, theirs] = databases;
    if (ours === undefined || theirs === undefined) throw new Error('There are two');
    const beside = await startBeside('jackson.ts', { database: theirs, further: [installed, theirs.url] });
    stops.push(beside.stop);
    const rollcall = await startRollcallWithGroups(ours, options.profile);
    stops.push(rollcall.stop);
    const jackson = await openJackson(beside, wanted);
    const operations = operationsOf(rollcall, jackson).filter(({ key }) => wanted.has(key));
    const results: Result[] = [];
    for (const { key, name, rollcall: message, connections, jackson: asked } of operations) {
      const contestants = [
        { meter: rollcall.meter, connections, message },
        ...(asked === undefined ? [] : [{ meter: jackson.meter, connections: jackson.connections, message: asked }]),
      ];
      const [us = [], them] = await inTurns(contestants, options.quick ? QUICK : EFFORT);
      results.push({
        key,
        name,
        rollcall: medians(us),
        jackson: them && medians(them),
        ratio: them && cpuRatio(us, them),
      });
      process.stderr.write(`${name} is measured\n`);
    }
    return report(results);
  } finally {
    for (const stop of stops) await stop();
    for (const database of databases) await database.close();
  }
}

interface RollcallSide extends Side {
  /** Groups of each of the sizes, with a connection to their identity servers. */
  readonly bySize: readonly { readonly size: number; readonly seeded: Seeded; readonly connections: Connections }[];
  readonly stop: () => Promise<void>;
}

async function startRollcallWithGroups(database: Database, profile: string | undefined): Promise<RollcallSide> {
  const rollcall = await startProcess(processOptions({ profile, database }));
  const open = async (): Promise<Address & { readonly slug: string }> => {
    const { slug, token, baseUrl } = await rollcall.identityServer({ settings: { groupPatchAnswer: '204' } });
    return { slug, token, origin: rollcall.origin, base: new URL(baseUrl).pathname };
  };
  const bySize: { size: number; seeded: Seeded; connections: Connections }[] = [];
  for (const size of GROUP_SIZES) {
    const server = await open();
    const [seeded] = await seedPostgres(database.url, [
      { slug: server.slug, users: size, members: size, groups: CONNECTIONS },
    ]);
    if (seeded !== undefined) bySize.push({ size, seeded, connections: openConnections(server, CONNECTIONS) });
  }
  const connections = openConnections(await open(), CONNECTIONS);
  return {
    meter: meterOf(() => [rollcall.pid() ?? 0], database.postmaster),
    connections,
    filled: await fill(connections, SIZE, NO_TEAMS),
    bySize,
    stop: () => rollcall.remove(),
  };
}

/** Fills Jackson: its groups are made empty, and members added with PATCH. */
async function openJackson(target: Target, wanted: ReadonlySet<string>): Promise<Side> {
  const connections = openConnections(target, CONNECTIONS);
  const isGrouped = wanted.has(`member-${JACKSON_GROUP}`);
  const size = { users: isGrouped ? Math.max(JACKSON_GROUP, SIZE.users) : SIZE.users, strangers: SIZE.strangers };
  const filled = await fill(connections, size, NO_TEAMS);
  if (isGrouped) {
    const [group = ''] = filled.groups;
    const members = filled.users.slice(0, JACKSON_GROUP).map(({ id }) => ({ value: id }));
    const pieces = Array.from({ length: CONNECTIONS }, (_, piece) =>
      members.filter((_unused, at) => at % CONNECTIONS === piece),
    );
    await Promise.all(
      pieces.map((value, connection) =>
        connections.send(connection, patchGroup(group, { op: 'add', path: 'members', value })),
      ),
    );
  }
  return { meter: target.meter, connections, filled };
}

const patchGroup = (group: string, operation: JsonObject): Message => ({
  method: 'PATCH',
  path: `/Groups/${group}`,
  body: JSON.stringify(patch(operation)),
});

/** A function that makes the next message each time. */
function numbered(message: (index: number) => Message): () => Message {
  let next = 0;
  return () => message(next++);
}

/**
 * Jackson knows users by the first of their mail addresses, calls it `userName`, and wants operations in small letters.
 */
const JACKSON: Readonly<Record<string, (filled: Filled, index: number) => Message>> = {
  get: (filled, index) => ({ method: 'GET', path: `/Users/${userAt(filled, index).id}` }),
  lookup: (filled, index) => ({
    method: 'GET',
    path: `/Users?filter=${encodeURIComponent(`userName eq "person.${userAt(filled, index).n}@mail.acme.example"`)}`,
  }),
  patch: (filled, index) => ({
    method: 'PATCH',
    path: `/Users/${userAt(filled, index).id}`,
    body: JSON.stringify(patch({ op: 'replace', path: 'title', value: `Title ${index}` })),
  }),
  create: (_, index) => ({ method: 'POST', path: '/Users', body: JSON.stringify(entraUser(`new-${index}`)) }),
};

function operationsOf(rollcall: RollcallSide, jackson: Side): Measured[] {
  const { connections, filled } = rollcall;
  const plain = OPERATIONS.filter(({ key }) => key !== 'member').map(({ key, name, message }) => {
    const asked = JACKSON[key];
    return {
      key,
      name,
      connections,
      rollcall: numbered((index) => message(filled, index)),
      jackson: asked && numbered((index) => asked(jackson.filled, index)),
    };
  });
  const [group = ''] = jackson.filled.groups;
  const members = rollcall.bySize.map(({ size, seeded, connections }) => ({
    key: `member-${size}`,
    name: `one member of ${size.toLocaleString('en')}`,
    connections,
    rollcall: numbered((index) => oneMember(seeded.strangers, seeded.groups, index)),
    jackson:
      size === JACKSON_GROUP ? numbered((index) => oneMember(jackson.filled.strangers, [group], index)) : undefined,
  }));
  // Creating comes last, so that the rest finds the users it was filled with.
  return [...plain.filter(({ key }) => key !== 'create'), ...members, ...plain.filter(({ key }) => key === 'create')];
}

interface Result {
  readonly key: string;
  readonly name: string;
  readonly rollcall: Figures;
  readonly jackson: Figures | undefined;
  readonly ratio: number | undefined;
}

const HEADER = [
  'operation',
  'requests/s',
  'p50 ms',
  'p99 ms',
  'CPU Rollcall',
  'of it PostgreSQL',
  'CPU Jackson',
  'of it PostgreSQL',
  'a fifth of Jackson’s',
  'of Jackson’s',
  'goal',
];

function report(results: readonly Result[]): Report {
  const rows = results.map(({ name, rollcall, jackson, ratio }) => [
    name,
    rollcall.perSecond.toFixed(0),
    milliseconds(rollcall.p50),
    milliseconds(rollcall.p99),
    milliseconds(rollcall.cpu),
    milliseconds(rollcall.databaseCpu),
    ...(jackson === undefined || ratio === undefined
      ? ['', '', '', '', '']
      : [
          milliseconds(jackson.cpu),
          milliseconds(jackson.databaseCpu),
          milliseconds(jackson.cpu * REACH),
          times(ratio),
          ratio <= REACH ? 'met' : 'missed',
        ]),
  ]);
  const misses = results.flatMap(({ name, ratio }) =>
    ratio !== undefined && ratio > REACH
      ? [`${name}: ${times(ratio)} of Jackson’s CPU; ${times(REACH)} is the goal`]
      : [],
  );
  const bySize = results.filter(({ key }) => key.startsWith('member-')).map(({ rollcall }) => rollcall.cpu);
  const growth = (bySize.at(-1) ?? Number.NaN) / (bySize[0] ?? Number.NaN);
  if (bySize.length > 1 && growth > GROWTH) {
    misses.push(
      `one member: ${times(growth)} in the largest group of what it takes in the smallest; ${GROWTH}× is the goal`,
    );
  }
  const notes = [
    `Medians of rounds in turns, at ${CONNECTIONS} connections, each server with a PostgreSQL of its own with the same settings,`,
    'every commit on disk before its answer. CPU is milliseconds of processor time for a request, of server and database',
    'together; requests/s, p50 and p99 are Rollcall’s. One member is added and another removed in turn.',
    ...(bySize.length > 1
      ? [`From the smallest group to the largest, a PATCH of one member takes ${times(growth)}.`]
      : []),
  ];
  return {
    markdown: `${table(HEADER, rows)}\n\n${notes.join('\n')}`,
    misses,
    figures: results,
  };
}
