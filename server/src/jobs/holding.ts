import type { Logger } from 'pino';
import type { Signals } from '../store/signals.ts';
import { LeaseLost, type Work } from '../store/work-contract.ts';

/** An application that this process works for. */
export interface Lease {
  readonly application: number;
  /** What writes for the application show; see `Leases`. */
  readonly fence: number;
  /** Aborts when another process has taken the lease, or may have. */
  readonly lost: AbortSignal;
  /** Throws LeaseLost when it is lost, or when this process, which stood still, could not know. */
  check(): void;
}

/** The leases of this process. */
export interface Holding {
  /** Id of this process. */
  readonly process: string;
  /** Whether others know that this process lives: else what it has in hand may be another one's. */
  isAlive(): boolean;
  /** The lease that this process has, or gets because nobody else has it; undefined where another process has it. */
  acquire(application: number): Promise<Lease | undefined>;
  held(application: number): Lease | undefined;
  all(): readonly Lease[];
  /** A write was refused under it: it is lost. */
  lose(lease: Lease): void;
  /** Nobody needs to work for the application any more. */
  release(lease: Lease): Promise<void>;
  /** Gives all leases up; those who wait for one are told. */
  close(): Promise<void>;
}

export interface HoldingOptions {
  readonly work: Work;
  readonly signals: Signals;
  readonly log: Pick<Logger, 'warn'>;
  readonly process: { readonly id: string; readonly roles: readonly string[] };
  /** Milliseconds between two signs of life, and after the last one until others take over. */
  readonly heartbeat?: number;
  readonly expiry?: number;
}

const HEARTBEAT = 5000;
const EXPIRY = 15_000;
/** Part of the expiry after which a process that could not show itself alive stops, before anybody takes over. */
const SAFE = 0.8;

const lostLease = () => new LeaseLost('Another process works for the application now.');

interface Held extends Lease {
  readonly ends: AbortController;
}

/**
 * Holds leases and shows that this process lives. Where it cannot, because the database is away or the process stood
 * still, it gives its leases up by itself before another one may take them.
 */
export function openHolding(options: HoldingOptions): Holding {
  const { work, signals, log, process, heartbeat = HEARTBEAT, expiry = EXPIRY } = options;
  const leases = new Map<number, Held>();
  const acquiring = new Map<number, Promise<Lease | undefined>>();
  let seen = Number.NEGATIVE_INFINITY;
  let beating: Promise<void> = Promise.resolve();
  let closed = false;
  const timers: NodeJS.Timeout[] = [];

  function lose(lease: Lease): void {
    const held = leases.get(lease.application);
    if (held === undefined || held.fence !== lease.fence) return;
    leases.delete(lease.application);
    held.ends.abort(lostLease());
    log.warn({ application: lease.application }, 'The lease of an application was lost; another process takes over');
  }

  async function beat(): Promise<void> {
    const began = performance.now();
    const before = [...leases.values()];
    const known = await work.leases.heartbeat(process, expiry);
    seen = began;
    for (const lease of before) if (known.get(lease.application) !== lease.fence) lose(lease);
    // What was given up while the database was away is others' now.
    for (const [application, fence] of known) {
      const isOurs = leases.has(application) || acquiring.has(application);
      if (!isOurs) await work.leases.release(application, fence);
    }
  }

  const isAlive = () => performance.now() - seen < expiry * SAFE;

  /** One sign of life at a time; when the last one is too old, nothing is held any more. */
  function show(): Promise<void> {
    beating = beating.then(async () => {
      if (closed) return;
      await beat().catch((error: unknown) => log.warn({ error }, 'This process could not show that it lives'));
    });
    return beating;
  }

  async function take(application: number): Promise<Lease | undefined> {
    if (work.isShared && !isAlive()) await show();
    if (work.isShared && !isAlive()) return undefined;
    const fence = await work.leases.acquire(application, process.id);
    if (fence === undefined) return undefined;
    if (closed) {
      await work.leases.release(application, fence);
      return undefined;
    }
    const ends = new AbortController();
    const check = () => {
      if (ends.signal.aborted || (work.isShared && !isAlive())) throw lostLease();
    };
    const lease: Held = { application, fence, lost: ends.signal, ends, check };
    leases.set(application, lease);
    return lease;
  }

  if (work.isShared) {
    timers.push(setInterval(() => void show(), heartbeat));
    timers.push(
      setInterval(() => {
        if (!isAlive()) for (const lease of [...leases.values()]) lose(lease);
      }, heartbeat / 5),
    );
    for (const timer of timers) timer.unref();
    void show();
  }

  return {
    process: process.id,
    isAlive: () => !work.isShared || isAlive(),
    acquire(application) {
      const held = leases.get(application);
      if (held !== undefined || closed) return Promise.resolve(closed ? undefined : held);
      const known = acquiring.get(application);
      if (known !== undefined) return known;
      const taken = take(application).finally(() => acquiring.delete(application));
      acquiring.set(application, taken);
      return taken;
    },
    held: (application) => leases.get(application),
    all: () => [...leases.values()],
    lose,
    async release({ application, fence }) {
      if (leases.get(application)?.fence === fence) leases.delete(application);
      await work.leases.release(application, fence);
    },
    async close() {
      closed = true;
      for (const timer of timers) clearInterval(timer);
      await Promise.allSettled([beating, ...acquiring.values()]);
      leases.clear();
      if (!work.isShared) return;
      await work.leases.leave(process.id).catch((error: unknown) => {
        log.warn({ error }, 'The leases could not be given up; they end by themselves');
      });
      // Whoever hears it looks for applications that nobody works for.
      signals.publish('jobs', '');
    },
  };
}
