import { type ServerProcess, startProcess } from '../harness/process.ts';
import { openConnections } from './connections.ts';
import { type Database, startDatabase } from './database.ts';
import { type Figures, median, medians } from './measure.ts';
import { get, lookupByUserName, OPERATIONS, type Operation, patchUser } from './operations.ts';
import { type BenchOptions, chosen } from './options.ts';
import { meterOf } from './processor-time.ts';
import type { Report } from './report.ts';
import { seedPostgres } from './seed-postgres.ts';
import { milliseconds, table, times } from './table.ts';
import { processOptions } from './targets.ts';
import { inTurns } from './turns.ts';

const MOST = 3;
/** Of each process, so that more processes do not mean fewer requests for each at a time. */
const CONNECTIONS = 16;
const USERS = 5000;
const EFFORT = { rounds: 5, seconds: 1, warmUp: 1 };
const QUICK = { rounds: 3, seconds: 0.5, warmUp: 0.5 };
const MEASURED: readonly Operation[] = [
  get,
  lookupByUserName,
  patchUser,
  ...OPERATIONS.filter(({ key }) => key === 'create'),
];

/** What one, two and three processes on one PostgreSQL answer in a second, with clients that go round between them. */
export async function compareProcesses(options: BenchOptions): Promise<Report> {
  const operations = chosen(MEASURED, options.only);
  const database = await startDatabase();
  const processes: ServerProcess[] = [];
  try {
    processes.push(await startProcess(processOptions({ profile: options.profile, database })));
    const [first] = processes;
    if (first === undefined) throw new Error('It has not started');
    const { slug, token } = await first.identityServer();
    const [seeded] = await seedPostgres(database.url, [{ slug, users: USERS, members: USERS }]);
    if (seeded === undefined) throw new Error('Nothing was seeded');
    const filled = { users: seeded.sample, groups: [], strangers: [] };
    while (processes.length < MOST) {
      // Processes that share a database share the keys, too.
      const keys = { ROLLCALL_KEYS_FILE: `${first.data}/keys` };
      const wanted = processOptions({ database });
      processes.push(await startProcess({ ...wanted, environment: { ...wanted.environment, ...keys } }));
    }
    const results: Result[] = [];
    for (const operation of operations) {
      let sent = 0;
      const contestants = processes.map((_, place) =>
        contestantOf(database, processes.slice(0, place + 1), { slug, token }, () => operation.message(filled, sent++)),
      );
      const rounds = await inTurns(contestants, options.quick ? QUICK : EFFORT);
      for (const { connections } of contestants) await connections.close();
      for (const [place, figures] of rounds.entries()) {
        const base = rounds[0] ?? [];
        const gain = median(figures.map(({ perSecond }, round) => perSecond / (base[round]?.perSecond ?? Number.NaN)));
        results.push({ name: operation.name, processes: place + 1, figures: medians(figures), gain });
      }
      process.stderr.write(`${operation.name} is measured\n`);
    }
    return report(results);
  } finally {
    for (const one of processes.toReversed()) await one.remove();
    await database.close();
  }
}

function contestantOf(
  database: Database,
  processes: readonly ServerProcess[],
  { slug, token }: { readonly slug: string; readonly token: string },
  message: () => ReturnType<Operation['message']>,
) {
  const base = `/scim/${slug}/v2`;
  const each = processes.map(({ origin }) => openConnections({ origin, base, token }, CONNECTIONS));
  return {
    meter: meterOf(() => processes.map((one) => one.pid() ?? 0), database.postmaster),
    message,
    connections: {
      count: CONNECTIONS * each.length,
      send(connection: number, sent: ReturnType<Operation['message']>) {
        const one = each[connection % each.length];
        if (one === undefined) throw new Error('There is no such process');
        return one.send(Math.floor(connection / each.length), sent);
      },
      async close() {
        for (const one of each) await one.close();
      },
    },
  };
}

interface Result {
  readonly name: string;
  readonly processes: number;
  readonly figures: Figures;
  /** Requests in a second, of those of one process. */
  readonly gain: number;
}

function report(results: readonly Result[]): Report {
  const header = [
    'operation',
    'processes',
    'requests/s',
    'of one',
    'p50 ms',
    'p99 ms',
    'CPU',
    'of it PostgreSQL',
    'cores busy',
  ];
  const rows = results.map(({ name, processes, figures, gain }) => [
    name,
    String(processes),
    figures.perSecond.toFixed(0),
    times(gain),
    milliseconds(figures.p50),
    milliseconds(figures.p99),
    milliseconds(figures.cpu),
    milliseconds(figures.databaseCpu),
    ((figures.cpu * figures.perSecond) / 1000).toFixed(2),
  ]);
  const note = `Medians of rounds in turns, at ${CONNECTIONS} connections to each process. CPU is milliseconds of processor time for a request,\nof the processes and the database together; the load generator runs beside them and is not counted.`;
  return { markdown: `${table(header, rows)}\n\n${note}`, misses: [], figures: results };
}
