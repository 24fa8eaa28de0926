import type { Json } from '@rollcall/scim';
import type { Logger } from 'pino';
import { FIRST_RETRY, type Handler, LONGEST_RETRY, type Queue, RETRIES, type SendOptions } from './queue.ts';

interface Waiting {
  readonly data: Json;
  readonly key: string | undefined;
  readonly retries: number;
  tries: number;
  timer?: NodeJS.Timeout;
}

/** The jobs of one name. */
interface Line {
  /** Those that may begin. */
  readonly ready: Waiting[];
  /** Those whose time has not come. */
  readonly later: Set<Waiting>;
  readonly keys: Set<string>;
  handler: Handler | undefined;
  free: number;
}

/** The queue of an embedded installation: in memory, as the one process that there is needs nobody to take over from it. */
export function createInProcessQueue(log: Pick<Logger, 'error' | 'warn'>, closePatience = 10_000): Queue {
  const lines = new Map<string, Line>();
  const running = new Set<Promise<void>>();
  const timers = new Set<NodeJS.Timeout>();
  const closing = new AbortController();
  let closed = false;

  function lineOf(name: string): Line {
    const known = lines.get(name);
    if (known !== undefined) return known;
    const line: Line = { ready: [], later: new Set(), keys: new Set(), handler: undefined, free: 1 };
    lines.set(name, line);
    return line;
  }

  function add(name: string, job: Waiting, after: number): void {
    const line = lineOf(name);
    if (after <= 0) {
      line.ready.push(job);
      // Whoever sends has its turn first, as with any other queue.
      queueMicrotask(() => begin(name, line));
      return;
    }
    line.later.add(job);
    job.timer = setTimeout(() => {
      line.later.delete(job);
      line.ready.push(job);
      begin(name, line);
    }, after);
    job.timer.unref();
  }

  function begin(name: string, line: Line): void {
    while (!closed && line.handler !== undefined && line.free > 0) {
      const job = line.ready.shift();
      if (job === undefined) return;
      // The key of one that is tried again was given back when it began the first time.
      if (job.key !== undefined && job.tries === 0) line.keys.delete(job.key);
      line.free--;
      const done = run(name, line.handler, job).finally(() => {
        running.delete(done);
        line.free++;
        begin(name, line);
      });
      running.add(done);
    }
  }

  async function run(name: string, handler: Handler, job: Waiting): Promise<void> {
    job.tries++;
    try {
      await handler(structuredClone(job.data), closing.signal);
    } catch (error) {
      if (job.tries > job.retries) {
        log.error({ error, job: name, tries: job.tries }, 'A job failed and was given up');
        return;
      }
      log.warn({ error, job: name, tries: job.tries }, 'A job failed; it is tried again');
      if (!closed) add(name, job, Math.min(LONGEST_RETRY, FIRST_RETRY * 2 ** (job.tries - 1)));
    }
  }

  async function send(name: string, data: Json, { key, after = 0, retries = RETRIES }: SendOptions = {}) {
    if (closed) return;
    const line = lineOf(name);
    if (key !== undefined && line.keys.has(key)) return;
    if (key !== undefined) line.keys.add(key);
    add(name, { data, key, retries, tries: 0 }, after);
  }

  return {
    async work(name, handler, { atOnce = 1 } = {}) {
      const line = lineOf(name);
      line.handler = handler;
      line.free = atOnce;
      begin(name, line);
    },
    send,
    every(name, ms) {
      const timer = setInterval(() => void send(name, null, { key: 'every' }), ms);
      timer.unref();
      timers.add(timer);
    },
    async close() {
      closed = true;
      for (const timer of timers) clearInterval(timer);
      for (const { later } of lines.values()) for (const { timer } of later) clearTimeout(timer);
      const impatient = setTimeout(() => closing.abort(), closePatience);
      await Promise.all(running);
      clearTimeout(impatient);
    },
  };
}
