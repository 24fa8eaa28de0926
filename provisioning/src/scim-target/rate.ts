import { openRateBudget, type RateBudget } from './rate-budget.ts';

const FIRST_LIMIT = 4;
const HIGHEST_LIMIT = 32;
/** Latencies up to this many times the best one count as unhurt. */
const UNHURT = 2;
/** What the best latency grows by with each answer, so that a target that became slower is not held back for ever. */
const FORGETTING = 1.002;

export interface Clock {
  now(): number;
  /** Calls `wake` after `ms`; returns what calls it off. */
  after(ms: number, wake: () => void): () => void;
}

/** How a request ended, for the limits. `pause`: how long the target is not to be asked the same again. */
export type Outcome =
  | { readonly kind: 'answered' }
  | { readonly kind: 'throttled'; readonly pause: number }
  /** 503 and timeouts: the whole target has too much to do. */
  | { readonly kind: 'overloaded'; readonly pause: number }
  | { readonly kind: 'failed' };

/** A place among the requests under way. */
export interface Place {
  leave(outcome: Outcome): void;
}

/**
 * Who may send when. At once may go as many as the target bears: one more for each round of unhurt latencies, half
 * of them when it is overloaded. Each kind of request has a budget of its own, so that a target that wants fewer
 * creations is not asked less. Leavers go first, and have places that nobody else takes.
 */
export interface Gate {
  /** Resolves when a request of this kind (such as `POST /Users`) may be sent; rejects with the signal's reason. */
  enter(kind: string, lane: 'normal' | 'leaver', signal: AbortSignal): Promise<Place>;
  statistics(): { readonly concurrency: number; readonly waiting: number; readonly throttled: number };
}

interface Waiter {
  readonly kind: string;
  readonly go: () => void;
}

interface Kind {
  readonly budget: RateBudget;
  best: number;
}

/** Opens a gate with four places. */
export function openGate(clock: Clock): Gate {
  const kinds = new Map<string, Kind>();
  const queues = { leaver: [] as Waiter[], normal: [] as Waiter[] }; // An empty array has no element type.
  let limit = FIRST_LIMIT;
  let under = 0;
  let underNormal = 0;
  let throttledCount = 0;
  let halvedAt = Number.NEGATIVE_INFINITY;
  let fullAt = Number.NEGATIVE_INFINITY;
  let callOff: (() => void) | undefined;

  const reserved = () => Math.max(1, Math.floor(limit / 4));
  const hasPlace = (lane: 'normal' | 'leaver') =>
    lane === 'normal'
      ? underNormal < Math.floor(limit) && under < Math.floor(limit) + reserved()
      : under < Math.floor(limit) + reserved();

  function kindOf(name: string): Kind {
    const kind = kinds.get(name) ?? { budget: openRateBudget(), best: Number.POSITIVE_INFINITY };
    kinds.set(name, kind);
    return kind;
  }

  function pump(): void {
    callOff?.();
    callOff = undefined;
    const now = clock.now();
    let soonest = Number.POSITIVE_INFINITY;
    for (const lane of ['leaver', 'normal'] as const) {
      const held = new Set<string>();
      for (let at = 0; hasPlace(lane); ) {
        const waiter = queues[lane][at];
        if (waiter === undefined) break;
        const wait = held.has(waiter.kind) ? Number.POSITIVE_INFINITY : kindOf(waiter.kind).budget.waitFor(now);
        if (wait === 0) {
          queues[lane].splice(at, 1);
          start(lane, waiter, now);
          continue;
        }
        // Those behind it of the same kind wait as well, in their order.
        held.add(waiter.kind);
        soonest = Math.min(soonest, wait);
        at += 1;
      }
    }
    if (soonest !== Number.POSITIVE_INFINITY) callOff = clock.after(soonest, pump);
  }

  function start(lane: 'normal' | 'leaver', waiter: Waiter, now: number): void {
    kindOf(waiter.kind).budget.take(now);
    under += 1;
    if (lane === 'normal') underNormal += 1;
    if (under >= Math.floor(limit)) fullAt = now;
    waiter.go();
  }

  function halve(began: number): void {
    // What was sent before the last halving says nothing about the present limit.
    if (began < halvedAt) return;
    halvedAt = clock.now();
    limit = Math.max(1, Math.floor(limit / 2));
  }

  function settle(name: string, began: number, wasFull: boolean, outcome: Outcome): void {
    const kind = kindOf(name);
    const now = clock.now();
    if (outcome.kind === 'failed') return;
    if (outcome.kind === 'answered') {
      const latency = Math.max(1, now - began);
      kind.best = Math.min(kind.best * FORGETTING, latency);
      if (wasFull && latency <= UNHURT * kind.best + 5) limit = Math.min(HIGHEST_LIMIT, limit + 1 / limit);
      return;
    }
    throttledCount += 1;
    // Where the limit of this kind is known already, the others need not be fewer at once for it.
    if (outcome.kind === 'overloaded' || !kind.budget.isLimited()) halve(began);
    if (outcome.kind === 'throttled') kind.budget.throttled(now, outcome.pause, began);
    else kind.budget.hold(now, outcome.pause);
  }

  return {
    enter(kind, lane, signal) {
      if (signal.aborted) return Promise.reject(signal.reason);
      const { promise, resolve, reject } = Promise.withResolvers<Place>();
      const giveUp = () => {
        const at = queues[lane].indexOf(waiter);
        if (at >= 0) queues[lane].splice(at, 1);
        reject(signal.reason);
        if (queues.leaver.length + queues.normal.length > 0) return;
        callOff?.();
        callOff = undefined;
      };
      const waiter: Waiter = {
        kind,
        go() {
          signal.removeEventListener('abort', giveUp);
          const began = clock.now();
          let isOver = false;
          resolve({
            leave(outcome) {
              if (isOver) return;
              isOver = true;
              under -= 1;
              if (lane === 'normal') underNormal -= 1;
              settle(kind, began, fullAt >= began, outcome);
              pump();
            },
          });
        },
      };
      signal.addEventListener('abort', giveUp, { once: true });
      queues[lane].push(waiter);
      pump();
      return promise;
    },
    statistics: () => ({
      concurrency: Math.floor(limit),
      waiting: queues.leaver.length + queues.normal.length,
      throttled: throttledCount,
    }),
  };
}
