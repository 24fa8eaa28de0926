import type { Chunk, ChunkOutcome, Spread } from './chunk.ts';
import { createParkedMembers } from './parked-members.ts';
import type { Provisioned } from './provisioned.fixture.ts';
import { runChunk } from './run-chunk.ts';
import { whileHeld } from './while-held.ts';
import { Stopped } from './world.ts';

/** Thrown in a worker that has died, or whose chunk is another one's by now. */
export class Gone extends Error {
  override readonly name = 'Gone';
}

export interface CrewOptions {
  readonly workers: number;
  /** Objects and groups in a chunk. */
  readonly size?: number;
  /** What becomes of the worker that is at step `n` of all that workers do. */
  readonly fate?: (n: number) => 'goesOn' | 'dies' | 'stalls';
  /** Lets others go first, or not. */
  readonly turn?: () => Promise<void>;
}

/** Workers that share a journal and a target with a coordinator, each as if it were a process of its own. */
export interface Crew {
  readonly spread: Spread;
  /** All chunks in the order in which they were begun, as `kind id id`. */
  readonly begun: string[];
  steps(): number;
  gone(): number;
  /** Their coordinator is gone: what they have in hand is theirs no longer, and nobody takes it over. */
  dismiss(): void;
}

interface Waiting {
  readonly chunk: Chunk;
  readonly stop: AbortSignal;
  readonly resolve: (outcome: ChunkOutcome) => void;
  readonly reject: (error: unknown) => void;
}

export function crew(it: Provisioned, options: CrewOptions): Crew {
  const { workers, size = 3, fate = () => 'goesOn', turn = async () => {} } = options;
  const queue: Waiting[] = [];
  const begun: string[] = [];
  const sought = new Map<string, number>();
  let steps = 0;
  let gone = 0;
  let idle = workers;
  let dismissed = false;

  function begin(): void {
    while (idle > 0) {
      const next = queue.shift();
      if (next === undefined) return;
      idle--;
      void work(next).finally(() => {
        idle++;
        begin();
      });
    }
  }

  /** One try of one worker at a chunk; one that is gone leaves it to the next. */
  async function work(entry: Waiting): Promise<void> {
    const { chunk, resolve, reject } = entry;
    const lease = { held: true };
    const { promise: lost, reject: lose } = Promise.withResolvers<never>();
    const { promise: over, resolve: end } = Promise.withResolvers<void>();
    const check = () => {
      if (!lease.held || dismissed) throw new Gone();
    };
    const step = async (): Promise<void> => {
      check();
      const what = fate(++steps);
      if (what !== 'goesOn') {
        lease.held = false;
        gone++;
        lose(new Gone());
        // One that stalls wakes up when another has done its work, and believes that nothing has happened.
        if (what === 'stalls') return over;
        throw new Gone();
      }
      await turn();
    };
    const world = it.world({
      cycle: 'of a worker',
      source: stepping(it.directory, step),
      target: stepping(whileHeld(it.target, check), step),
      journal: stepping(fenced(it.journal, check), step),
      parked: createParkedMembers(),
      stop: entry.stop,
      async seek(values) {
        const refused = values.filter((value) => (sought.get(value) ?? chunk.n) !== chunk.n);
        for (const value of values) if (!refused.includes(value)) sought.set(value, chunk.n);
        return new Set(refused);
      },
    });
    begun.push([chunk.kind, ...chunk.ids].join(' '));
    const tried = runChunk(world, JSON.parse(JSON.stringify(chunk)));
    try {
      const outcome = await Promise.race([tried, lost]);
      for (const [value, n] of sought) if (n === chunk.n) sought.delete(value);
      resolve(JSON.parse(JSON.stringify(outcome)));
    } catch (error) {
      if (lease.held || dismissed) return reject(error);
      // What it had sent before it died arrives.
      await new Promise((next) => setTimeout(next, 0));
      if (entry.stop.aborted) reject(new Stopped());
      else await work(entry);
      end();
      await tried.catch(() => {});
    }
  }

  return {
    begun,
    steps: () => steps,
    gone: () => gone,
    dismiss() {
      dismissed = true;
      for (const { reject } of queue.splice(0)) reject(new Gone());
    },
    spread: {
      width: () => workers + 1,
      size: { objects: size, groups: size },
      run(chunk, stop) {
        const { promise, resolve, reject } = Promise.withResolvers<ChunkOutcome>();
        queue.push({ chunk, stop, resolve, reject });
        begin();
        return promise;
      },
    },
  };
}

/** Every method with a step before and behind it. */
export function stepping<T extends object>(of: T, step: () => Promise<void>): T {
  return new Proxy(of, {
    get(object, name) {
      const method: unknown = Reflect.get(object, name);
      if (typeof method !== 'function') return method;
      return async (...args: unknown[]) => {
        await step();
        const result: unknown = await method.apply(object, args);
        await step();
        return result;
      };
    },
  });
}

const WRITES = new Set<string | symbol>(['intend', 'settle', 'wantMembers', 'changeMembers', 'noteMembers']);

/** A journal that refuses what comes from somebody who does not hold the chunk any more. */
function fenced<T extends object>(journal: T, check: () => void): T {
  return new Proxy(journal, {
    get(object, name) {
      const method: unknown = Reflect.get(object, name);
      if (typeof method !== 'function' || !WRITES.has(name)) return method;
      return async (...args: unknown[]) => {
        check();
        return method.apply(object, args);
      };
    },
  });
}
