import type { Random } from '../harness/random.ts';
import type { Outcome } from './awkward-service.ts';
import type { Occasion, Switches, Throttle } from './awkward-switches.ts';
import { Refusal } from './protocol/refusal.ts';

/** What goes wrong with one request. */
export interface Fault {
  /** What happens instead of what was asked. */
  readonly before: Outcome | undefined;
  /** The connection is destroyed when it is done. */
  readonly drop: boolean;
  /** It is answered 500 when it is done. */
  readonly fail: boolean;
}

/** Decides about each request in turn. */
export interface Faults {
  next(switches: Partial<Switches>, method: string, path: string): Fault;
  /** Counts anew for the switches of these names. */
  restart(names: readonly string[]): void;
}

export function createFaults(random: Random): Faults {
  const counts = new Map<string, number>();
  const count = (name: string): number => {
    const next = (counts.get(name) ?? 0) + 1;
    counts.set(name, next);
    return next;
  };

  function happens(name: string, occasion: Occasion | boolean | undefined, method: string, path: string): boolean {
    if (occasion === undefined || occasion === false) return false;
    const { at, endpoint, method: only, probability } = occasion === true ? {} : occasion;
    if (only === undefined ? method === 'GET' : method !== only) return false;
    if (endpoint !== undefined && path.split('/')[1] !== endpoint) return false;
    const number = count(name);
    if (at !== undefined && !at.includes(number)) return false;
    return probability === undefined || random.chance(probability);
  }

  function isThrottled(throttle: Throttle | undefined, method: string): boolean {
    if (throttle === undefined || (throttle.method !== undefined && throttle.method !== method)) return false;
    return count('throttle') % throttle.every === 0;
  }

  return {
    next(switches, method, path) {
      const throttled = isThrottled(switches.throttle, method) ? throttledOutcome(switches.throttle) : undefined;
      if (throttled !== undefined) return { before: throttled, drop: false, fail: false };
      if (happens('dropBefore', switches.dropBefore, method, path)) {
        return { before: { effect: 'dropped', id: undefined, status: undefined }, drop: true, fail: false };
      }
      return {
        before: undefined,
        drop: happens('dropAfterReceiving', switches.dropAfterReceiving, method, path),
        fail: happens('failAfterStoring', switches.failAfterStoring, method, path),
      };
    },
    restart(names) {
      for (const name of names) counts.delete(name);
    },
  };
}

function throttledOutcome(throttle: Throttle | undefined): Outcome {
  const { retryAfter = 'none', status = 429 } = throttle ?? {};
  // A date has no milliseconds: the next second but one is one to two seconds away.
  const value = retryAfter === 'date' ? new Date(Date.now() + 2000).toUTCString() : String(retryAfter);
  return {
    effect: 'throttled',
    id: undefined,
    status,
    body: new Refusal(status, 'Too many requests').body(),
    ...(retryAfter === 'none' ? {} : { headers: { 'retry-after': value } }),
  };
}
