import { setTimeout as pause } from 'node:timers/promises';
import { type Answer, type Connections, type Message, onEach } from './connections.ts';
import type { Meter } from './processor-time.ts';

export interface Figures {
  readonly requests: number;
  readonly perSecond: number;
  /** Milliseconds from a request to the end of its answer. */
  readonly p50: number;
  readonly p99: number;
  /** Milliseconds of processor time that the server took for a request, with all its threads and its database. */
  readonly cpu: number;
  /** What of it the database took. */
  readonly databaseCpu: number;
}

/** What a server does after its last answer (its log, a checkpoint) belongs to the requests too. */
const SETTLED_WITHIN = 1500;
const LOOK_EVERY = 70;

/**
 * Sends `message(0)`, `message(1)`, ... for so many seconds over all connections at once. Throws on an answer that is
 * no success: its cost would not be that of the operation.
 */
export async function measure(
  meter: Meter,
  connections: Connections,
  seconds: number,
  message: (index: number) => Message,
): Promise<Figures> {
  const times: number[] = [];
  let next = 0;
  const before = { server: meter.server(), database: meter.database() };
  const began = performance.now();
  const until = began + seconds * 1000;
  await onEach(connections, async (send) => {
    for (let at = performance.now(); at < until; ) {
      const sent = message(next++);
      const answer = await send(sent);
      requireSuccess(sent, answer);
      const now = performance.now();
      times.push(now - at);
      at = now;
    }
  });
  const elapsed = performance.now() - began;
  await settled(meter);
  const databaseCpu = (meter.database() - before.database) / times.length;
  const cpu = (meter.server() - before.server) / times.length + databaseCpu;
  times.sort((a, b) => a - b);
  return {
    requests: times.length,
    perSecond: times.length / (elapsed / 1000),
    p50: percentile(times, 0.5),
    p99: percentile(times, 0.99),
    cpu,
    databaseCpu,
  };
}

export function requireSuccess(sent: Message, answer: Answer): void {
  if (answer.status < 300) return;
  throw new Error(`${sent.method} ${sent.path}: ${answer.status} ${answer.text().slice(0, 300)}`);
}

/** Waits until neither does anything any more. */
async function settled(meter: Meter): Promise<void> {
  const until = performance.now() + SETTLED_WITHIN;
  const total = () => meter.server() + meter.database();
  for (let last = -1, now = total(); now !== last && performance.now() < until; now = total()) {
    last = now;
    await pause(LOOK_EVERY);
  }
}

/** The value below which `part` of the sorted values lie. */
export const percentile = (sorted: readonly number[], part: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? Number.NaN;

export const median = (values: readonly number[]): number =>
  percentile(
    values.toSorted((a, b) => a - b),
    0.5,
  );

/** The median of each figure over several rounds. */
export const medians = (rounds: readonly Figures[]): Figures => ({
  requests: median(rounds.map((round) => round.requests)),
  perSecond: median(rounds.map((round) => round.perSecond)),
  p50: median(rounds.map((round) => round.p50)),
  p99: median(rounds.map((round) => round.p99)),
  cpu: median(rounds.map((round) => round.cpu)),
  databaseCpu: median(rounds.map((round) => round.databaseCpu)),
});

/** How many times what `base` takes one takes: the median over the rounds, of which each was measured beside its own. */
export const cpuRatio = (rounds: readonly Figures[], base: readonly Figures[]): number =>
  median(rounds.map(({ cpu }, round) => cpu / (base[round]?.cpu ?? Number.NaN)));
