import { setTimeout as pause } from 'node:timers/promises';
import {
  compareWithTarget,
  type DriftPass,
  type DriftRule,
  type DriftWish,
  decideDrift,
  type ObjectKey,
} from '@rollcall/provisioning';
import { type Application, type ApplicationSettings, DEFAULT_DRIFT } from '../store/application-contract.ts';
import { LeaseLost } from '../store/work-contract.ts';
import { type ProvisioningContext, targetOptions } from './equipment.ts';
import type { RunningJob } from './job.ts';

/** How often it is looked whose comparison is due. */
const LOOK_EVERY = 30_000;

/** Compares the targets of this process's applications with what was sent to them, and carries out what is decided about it. */
export interface DriftWork {
  /** From here on comparisons begin by themselves when they are due. */
  begin(): void;
  /** Compares everything now, or joins the comparison that runs; resolves after it, or after `ms`. */
  compare(application: Application, ms: number): Promise<void>;
  isComparing(key: number): boolean;
  /**
   * Decides about the drift of these objects; what is pushed is sent at once. Returns how many attributes it concerned,
   * and how many objects failed. Errors: TargetError, TargetUnusable.
   */
  decide(
    application: Application,
    wish: DriftWish,
    keys: readonly ObjectKey[],
  ): Promise<{ readonly decided: number; readonly failed: number }>;
  /** Ends the comparison of an application; the next one goes on there. */
  stop(key: number): Promise<void>;
  close(): Promise<void>;
}

interface Comparison {
  readonly stop: AbortController;
  readonly done: Promise<void>;
}

export function createDriftWork(
  context: ProvisioningContext,
  jobOf: (key: number) => RunningJob | undefined,
): DriftWork {
  const { store, log, now } = context;
  const { applications } = store;
  const running = new Map<number, Comparison>();
  let timer: NodeJS.Timeout | undefined;
  let looking: Promise<void> = Promise.resolve();
  let closed = false;

  function held(key: number): RunningJob {
    const job = jobOf(key);
    if (job === undefined) throw new LeaseLost('Another process works for the application now.');
    return job;
  }

  function start(application: Application, share: number): Promise<void> {
    const { key } = application;
    const known = running.get(key);
    if (known !== undefined) return known.done;
    const stop = new AbortController();
    const done = passOver(application, share, stop.signal).finally(() => {
      running.delete(key);
      context.progressed(application);
    });
    running.set(key, { stop, done });
    return done;
  }

  async function passOver(application: Application, share: number, stop: AbortSignal): Promise<void> {
    const { key, settings } = application;
    const job = held(key);
    const options = { rules: rulesOfDrift(settings), share };
    const { pushed } = await job.beside(stop, (world) =>
      compareWithTarget(world, applications.drift(key, job.fence), options),
    );
    if (pushed > 0) job.poke();
  }

  /** One after another: several targets at once would take the places of the cycles. */
  async function look(): Promise<void> {
    for (const application of await applications.list()) {
      if (closed) return;
      const { key, slug, settings } = application;
      if (jobOf(key) === undefined || running.has(key)) continue;
      if (!isDriftDue(application, await applications.drift(key).pass(), now())) continue;
      const { share } = settings.drift ?? DEFAULT_DRIFT;
      await start(application, share).catch((error: unknown) => {
        log.warn({ error, application: slug }, 'A target could not be compared with what was sent to it');
      });
    }
  }

  async function end(comparison: Comparison | undefined): Promise<void> {
    comparison?.stop.abort();
    await comparison?.done.catch(() => undefined);
  }

  return {
    begin() {
      timer ??= setInterval(() => {
        looking = looking.then(look).catch((error) => log.error({ error }, 'Comparing targets failed'));
      }, LOOK_EVERY);
      timer.unref();
    },
    async compare(application, ms) {
      // So that a missing connection is said now.
      await targetOptions(context, application);
      const done = start(application, 100);
      const over = new AbortController();
      // When it goes on behind the answer, whoever waits for it reads its error from the pass or the log.
      done.catch((error: unknown) => log.warn({ error, application: application.slug }, 'A comparison failed'));
      try {
        await Promise.race([done, pause(ms, undefined, { signal: over.signal }).catch(() => undefined)]);
      } finally {
        over.abort();
      }
    },
    isComparing: (key) => running.has(key),
    async decide(application, wish, keys) {
      const { key, settings } = application;
      const job = held(key);
      const drift = applications.drift(key, job.fence);
      const rules = rulesOfDrift(settings);
      const due: ObjectKey[] = [];
      let decided = 0;
      await job.beside(new AbortController().signal, async (world) => {
        for (const object of keys) {
          const { length } = await decideDrift(world, drift, object, wish, rules);
          decided += length;
          if (length > 0) due.push(object);
        }
      });
      if (wish.decision !== 'push' || due.length === 0) return { decided, failed: 0 };
      const { records } = await job.onDemand({ kind: 'onDemand', keys: due });
      // What hangs on an object that was made anew, such as its memberships, goes with the next cycle.
      job.poke();
      return { decided, failed: records.filter(({ status }) => status === 'failure').length };
    },
    stop: (key) => end(running.get(key)),
    async close() {
      closed = true;
      clearInterval(timer);
      await Promise.all([...running.values()].map(end));
      await looking;
    },
  };
}

/** The rules of paths, for all objects. */
export const rulesOfDrift = ({ driftRules = [] }: ApplicationSettings): ReadonlyMap<string, DriftRule> =>
  new Map(driftRules.map(({ path, rule }) => [path, rule]));

/**
 * Whether it is time to compare: one interval after the last comparison, or after the first time that everything was
 * provisioned; at once where the last one was interrupted. Never while the job does not work.
 */
export function isDriftDue(
  { removing, connection, settings, job }: Application,
  pass: DriftPass | undefined,
  now: number,
): boolean {
  const { every } = settings.drift ?? DEFAULT_DRIFT;
  const isHeld = job.quarantine !== null && job.quarantine.reason !== 'TooManyDeletes';
  if (every === null || removing || connection === null || job.status !== 'active' || isHeld) return false;
  if (pass !== undefined && pass.ended === null) return true;
  const last = pass?.ended ?? job.steadyFirst;
  return last !== null && now >= last + every;
}
