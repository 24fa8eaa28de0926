import { type Address, type Message, openConnections } from './connections.ts';
import { type Figures, measure } from './measure.ts';
import { get } from './operations.ts';
import type { Report } from './report.ts';
import type { Side } from './side.ts';
import { milliseconds, table } from './table.ts';

const WITHIN = 20;
const SECONDS = 10;
/** Fewer than keep a processor busy: what is asked is how long one waits, not how much fits. */
const CONNECTIONS = 2;

/** How long a `get` on one identity server takes while slow searches run on a big one beside it. */
export async function measureIsolation({ meter, main, other }: Side, users: number): Promise<Report> {
  const filled = { users: other.seeded.sample, groups: [], strangers: [] };
  const connections = openConnections(other.address, CONNECTIONS);
  const message = (index: number) => get.message(filled, index);
  await measure(meter, connections, 2, message);
  const alone = await measure(meter, connections, SECONDS, message);
  const searches = startSearches(main.address, [
    { method: 'GET', path: `/Users?filter=${encodeURIComponent('displayName co "x"')}` },
    { method: 'GET', path: `/Users?startIndex=${Math.floor(users * 0.9)}&count=100` },
  ]);
  const beside = await measure(meter, connections, SECONDS, message);
  const answers = await searches.stop();
  await connections.close();
  const header = ['`get` on another identity server', 'requests/s', 'p50 ms', 'p99 ms'];
  const row = (name: string, { perSecond, p50, p99 }: Figures) => [
    name,
    perSecond.toFixed(0),
    milliseconds(p50),
    milliseconds(p99),
  ];
  const rows = [row('alone', alone), row('beside slow searches', beside)];
  const found = answers.map(({ path, count, slowest, statuses }) => {
    return `${count} × \`${decodeURIComponent(path)}\` answered ${statuses}, in ${milliseconds(slowest)} ms at most`;
  });
  return {
    markdown: `${table(header, rows)}\n\n${found.join('; ')}.`,
    misses:
      beside.p99 > WITHIN
        ? [`get beside slow searches: p99 ${milliseconds(beside.p99)} ms; ${WITHIN} is the goal`]
        : [],
    figures: { alone, beside, answers },
  };
}

interface Searched {
  readonly path: string;
  readonly count: number;
  /** Milliseconds. */
  readonly slowest: number;
  readonly statuses: string;
}

/** Repeats each search on a connection of its own until it is stopped. */
function startSearches(address: Address, searches: readonly Message[]): { stop(): Promise<Searched[]> } {
  let isStopped = false;
  const repeat = async (search: Message): Promise<Searched> => {
    const connections = openConnections(address, 1);
    const statuses = new Set<number>();
    let [count, slowest] = [0, 0];
    while (!isStopped) {
      const began = performance.now();
      const { status } = await connections.send(0, search);
      slowest = Math.max(slowest, performance.now() - began);
      statuses.add(status);
      count++;
    }
    await connections.close();
    return { path: search.path, count, slowest, statuses: [...statuses].join(' and ') };
  };
  const running = Promise.all(searches.map(repeat));
  return {
    stop() {
      isStopped = true;
      return running;
    },
  };
}
