import {
  type Counts,
  createLocks,
  createParkedMembers,
  createTally,
  judgeQuarantine,
  type Locks,
  MappingsInvalid,
  type Observed,
  type ParkedMembers,
  type ProvisioningRecord,
  runCycle,
  type Start,
  Stopped,
  type Tally,
  TargetUnusable,
  type World,
  whileHeld,
} from '@rollcall/provisioning';
import type { Lease } from '../jobs/holding.ts';
import type { Application, Cycle, Job } from '../store/application-contract.ts';
import { CommitFailed } from '../store/contract.ts';
import { isDatabaseLost } from '../store/database-lost.ts';
import { LeaseLost } from '../store/work-contract.ts';
import { applicationOf } from './application-registry.ts';
import type { LiveState } from './contract.ts';
import type { Equipment, ProvisioningContext } from './equipment.ts';
import { LABELS, noticesOf } from './notices.ts';
import { rulesOf } from './rules-of.ts';

const SAVE_PROGRESS = 2000;
/** Whoever watches a cycle sees it go on so often. */
const TELL_PROGRESS = 1000;
/** Between two tries when something of our own failed. */
const AFTER_OWN_FAILURE = 60_000;
/** The same when the database was lost, which is back in a moment as often as not. */
const AFTER_DATABASE_LOST = 2000;
const LONGEST_WAIT = 60 * 60_000;
/** Before an escrow that is due is tried: one that nothing can be done about must not make the job spin. */
const SHORTEST_WAIT = 5000;

/** One application's provisioning in this process, as long as it has the lease. */
export interface RunningJob {
  readonly key: number;
  /** What its writes show; undefined where no other process can be. */
  readonly fence: number | undefined;
  live(): LiveState;
  /** Works until `stop`; whether it begins now: a second call does nothing. */
  begin(): boolean;
  /** Ends the running cycle after its calls, and starts no other. */
  stop(): Promise<void>;
  /** Something has changed: looks again at once. */
  poke(): void;
  /** Members that the target refused wait no longer. */
  forgetRefusals(): void;
  /** A cycle of its own, beside the others. */
  onDemand(start: Extract<Start, { kind: 'onDemand' }>, plan?: (world: World) => World): Promise<OnDemandResult>;
  /** All objects, through `plan`, which keeps anything from happening. */
  dryRun(plan: (world: World) => World, onRecord: World['onRecord']): Promise<Counts>;
  /** Runs `body` with the rules of now beside the cycles, until `stop`. */
  beside<T>(stop: AbortSignal, body: (world: World) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

export interface OnDemandResult {
  readonly records: readonly ProvisioningRecord[];
  readonly cycle: string;
}

export function createJob(context: ProvisioningContext, lease: Lease, equipment: Equipment): RunningJob {
  const { store, now, newId, log } = context;
  const key = lease.application;
  const fence = store.work.isShared ? lease.fence : undefined;
  const { applications } = store;
  const locks: Locks = createLocks();
  const parked: ParkedMembers = createParkedMembers();
  const ending = new AbortController();
  const closing = AbortSignal.any([ending.signal, lease.lost]);
  // Whoever has the lease now reads back what these calls have done.
  const abort = AbortSignal.any([context.abort, lease.lost]);
  let stopping = new AbortController();
  let poked = new AbortController();
  let working: Promise<void> | undefined;
  let running: { readonly cycle: Cycle; readonly tally: Tally } | undefined;
  /** A cycle whose end could not be stored. */
  let cut: Cycle | undefined;

  async function worldOf(
    application: Application,
    cycle: string,
    tally: Tally,
  ): Promise<{ world: World; hash: string }> {
    const { source, target, mappings, mapper } = await equipment.of(application);
    const { rules, hash } = rulesOf(application, await applications.assignments(key), mappings);
    const world: World = {
      cycle,
      rules,
      source,
      target: fence === undefined ? target : whileHeld(target, lease.check),
      journal: applications.journal(key, fence),
      mapper,
      locks,
      parked,
      tally,
      stop: AbortSignal.any([stopping.signal, closing]),
      abort,
      left: new Set(),
      doubtful: new Set(),
      now,
      random: context.random,
      laneFailed: (error) => log.warn({ error, application: application.slug }, 'The leaver lane failed'),
    };
    return { world, hash };
  }

  /** One cycle and what follows from it; returns milliseconds until the next look. */
  async function once(): Promise<number> {
    if (cut !== undefined) await applications.saveCycle({ ...cut, ended: now() }, fence);
    cut = undefined;
    const application = await applicationOf(applications, key);
    const { job } = application;
    if (job.status !== 'active' || application.connection === null) return LONGEST_WAIT;
    const held = job.quarantine !== null && job.quarantine.reason !== 'TooManyDeletes';
    if (held && job.quarantine !== null && job.quarantine.nextAttempt > now())
      return job.quarantine.nextAttempt - now();
    await context.imports.whenIdle(application.directory, AbortSignal.any([stopping.signal, closing]));
    const tally = createTally();
    const id = newId();
    let whole: Observed['whole'];
    let sourceFailed: string | undefined;
    let error: string | null = null;
    let watermark = job.watermark;
    let rulesHash = job.rulesHash;
    let kind: Cycle['kind'] = 'incremental';
    const began = now();
    const cycleOf = (state: Cycle['state'], ended: number | null): Cycle => ({
      id,
      application: key,
      kind,
      began,
      ended,
      state,
      phase: tally.phase,
      counts: tally.counts,
      error,
    });
    let stopped = false;
    try {
      const { world, hash } = await worldOf(application, id, tally);
      const start: Start =
        job.watermark === null || hash !== job.rulesHash || held
          ? { kind: 'initial' }
          : { kind: 'incremental', watermark: job.watermark };
      kind = start.kind;
      running = { cycle: cycleOf('running', null), tally };
      context.progressed(application);
      const telling = setInterval(() => context.progressed(application), TELL_PROGRESS);
      const saving = kind === 'initial' ? saveProgress(() => cycleOf('running', null)) : undefined;
      try {
        const spread = start.kind === 'initial' ? await context.spread?.(lease, world.source) : undefined;
        watermark = (await runCycle(world, start, spread)) ?? watermark;
        rulesHash = hash;
      } finally {
        clearInterval(telling);
        await saving?.();
      }
    } catch (thrown) {
      if (thrown instanceof LeaseLost) throw thrown;
      if (isDatabaseLost(thrown) || thrown instanceof CommitFailed) {
        // Nothing is wrong with the application: the next cycle goes on from where this one was.
        cut = cycleOf('interrupted', null);
        throw thrown;
      }
      if (thrown instanceof Stopped) stopped = true;
      else if (thrown instanceof TargetUnusable) whole = { code: thrown.error.code, message: thrown.error.message };
      else if (thrown instanceof MappingsInvalid)
        sourceFailed = `The mappings do not fit the directory: ${thrown.message}`;
      else {
        log.error({ error: thrown, application: application.slug }, 'A provisioning cycle failed');
        sourceFailed = thrown instanceof Error ? thrown.message : String(thrown);
      }
      error = whole?.message ?? sourceFailed ?? null;
    } finally {
      running = undefined;
    }
    if (lease.lost.aborted) throw new LeaseLost('The lease was lost while a cycle ran.');
    const { counts } = tally;
    const state: Cycle['state'] = stopped
      ? 'interrupted'
      : error !== null
        ? 'failed'
        : counts.failed > 0
          ? 'entryLevelErrors'
          : 'succeeded';
    const didSomething =
      kind === 'initial' || error !== null || counts.seen + counts.membersAdded + counts.membersRemoved > 0;
    if (didSomething) await applications.saveCycle(cycleOf(state, now()), fence);
    if (stopped) return LONGEST_WAIT;
    return conclude({ whole, sourceFailed, watermark, rulesHash, lastCycle: didSomething ? id : job.lastCycle, kind });
  }

  interface Conclusion {
    readonly whole: Observed['whole'];
    readonly sourceFailed: string | undefined;
    readonly watermark: number | null;
    readonly rulesHash: string | null;
    readonly lastCycle: string | null;
    readonly kind: Cycle['kind'];
  }

  /** Judges the job by what the cycle has seen, and says when the next one is due. */
  async function conclude(ended: Conclusion): Promise<number> {
    const { whole, sourceFailed, watermark, rulesHash, lastCycle } = ended;
    const journal = applications.journal(key, fence);
    const application = await applicationOf(applications, key);
    const { settings } = application;
    const [window, waiting, first, escrows] = await Promise.all([
      journal.window(now() - settings.interval),
      journal.countStaged(),
      journal.listStaged('waiting', LABELS),
      journal.countEscrows(),
    ]);
    const judge = ({ quarantine }: Job) => judgeQuarantine(quarantine, { whole, sourceFailed, window, waiting }, now());
    const good = whole === undefined && sourceFailed === undefined;
    const steady = good && escrows.entry === 0;
    const delayOf = ({ quarantine }: Pick<Job, 'quarantine'>): number =>
      quarantine !== null && quarantine.reason !== 'TooManyDeletes'
        ? quarantine.nextAttempt - now()
        : Math.min(settings.interval, Math.max(SHORTEST_WAIT, (escrows.nextAt ?? Number.POSITIVE_INFINITY) - now()));
    // A person may stop or restart it at this very moment: what counts is the job as it is when this is written.
    const { before } = await applications.changeJob(
      key,
      (job) => {
        const { quarantine, disable } = judge(job);
        const next: Job = {
          ...job,
          status: disable && job.status === 'active' ? 'disabled' : job.status,
          // A restart while the cycle ran asked for everything anew.
          watermark: job.watermark === null && ended.kind === 'incremental' ? null : good ? watermark : job.watermark,
          rulesHash: good ? rulesHash : job.rulesHash,
          quarantine,
          lastCycle,
          nextRunAt: job.status === 'active' ? now() + delayOf({ quarantine }) : job.nextRunAt,
          steadySince: steady ? (job.steadySince ?? now()) : null,
          steadyFirst: job.steadyFirst ?? (steady ? now() : null),
        };
        return changedJob(job, next) ? next : job;
      },
      fence,
    );
    const judgement = judge(before);
    const delay = delayOf(judgement);
    // Somebody may have decided about the removals since: what was judged is what is told.
    const notices = noticesOf(before.quarantine, judgement, { count: waiting, first });
    for (const notice of notices) await context.notify(application, notice);
    context.progressed(application);
    await journal.dropEscrows(now() - 28 * 24 * 60 * 60_000);
    return Math.min(delay, LONGEST_WAIT);
  }

  function saveProgress(cycle: () => Cycle): () => Promise<void> {
    let saving = applications.saveCycle(cycle(), fence);
    saving.catch(() => undefined);
    const timer = setInterval(() => {
      saving = saving.then(() => applications.saveCycle(cycle(), fence));
      // Whoever waits for the last one is told.
      saving.catch(() => undefined);
    }, SAVE_PROGRESS);
    return async () => {
      clearInterval(timer);
      await saving;
    };
  }

  async function work(): Promise<void> {
    const over = AbortSignal.any([stopping.signal, closing]);
    while (!over.aborted) {
      poked = new AbortController();
      const until = AbortSignal.any([over, poked.signal]);
      try {
        const delay = await once();
        if (!over.aborted) await rest(delay, until);
      } catch (error) {
        if (error instanceof LeaseLost) context.loseLease(lease);
        if (over.aborted) return;
        const delay = isDatabaseLost(error) ? AFTER_DATABASE_LOST : AFTER_OWN_FAILURE;
        log.error({ error, application: key, seconds: delay / 1000 }, 'Provisioning could not go on; it tries again');
        await pause(delay, until);
      }
    }
  }

  /** Waits for a change of the directory, a poke, or the time of the next cycle. */
  async function rest(delay: number, signal: AbortSignal): Promise<void> {
    const application = await applicationOf(applications, key).catch(() => undefined);
    const { quarantine, watermark, status } = application?.job ?? {};
    const held = quarantine !== null && quarantine !== undefined && quarantine.reason !== 'TooManyDeletes';
    if (application === undefined || held || status !== 'active' || watermark === null || watermark === undefined) {
      await pause(delay, signal);
      return;
    }
    const { source } = await equipment.of(application).catch(() => ({ source: undefined }));
    if (source === undefined) await pause(delay, signal);
    else await source.wait(watermark, delay, signal);
  }

  function begin(): boolean {
    if (closing.aborted) return false;
    if (working !== undefined) {
      // It was told to end, and begins anew when it has.
      if (stopping.signal.aborted) void working.then(begin);
      return stopping.signal.aborted;
    }
    stopping = new AbortController();
    working = work().finally(() => {
      working = undefined;
    });
    return true;
  }

  return {
    key,
    fence,
    live() {
      const rate = equipment.rate();
      if (running === undefined) return { running: null, rate };
      const { cycle, tally } = running;
      const { id, kind, began } = cycle;
      return { running: { cycle: id, kind, began, phase: tally.phase, counts: tally.counts }, rate };
    },
    begin,
    async stop() {
      stopping.abort();
      await working;
    },
    poke: () => poked.abort(),
    forgetRefusals: () => parked.forgetAll(),
    async onDemand(start, plan = (world) => world) {
      const application = await applicationOf(applications, key);
      const cycle = newId();
      const tally = createTally();
      const began = now();
      const records: ProvisioningRecord[] = [];
      const { world } = await worldOf(application, cycle, tally);
      const watched: World = { ...world, stop: closing, onRecord: (record) => void records.push(record) };
      await runCycle(plan(watched), start);
      const state = tally.counts.failed > 0 ? 'entryLevelErrors' : 'succeeded';
      const ended = { kind: 'onDemand', began, ended: now(), state, phase: 'done', counts: tally.counts } as const;
      if (plan === undefined || records.length > 0) {
        await applications.saveCycle({ id: cycle, application: key, error: null, ...ended }, fence);
        context.progressed(application);
      }
      return { records, cycle };
    },
    async dryRun(plan, onRecord) {
      const application = await applicationOf(applications, key);
      const tally = createTally();
      const { world } = await worldOf(application, newId(), tally);
      const planned = plan({ ...world, stop: closing });
      await runCycle(onRecord === undefined ? planned : { ...planned, onRecord }, { kind: 'initial' });
      return tally.counts;
    },
    async beside(stop, body) {
      const application = await applicationOf(applications, key);
      const { world } = await worldOf(application, newId(), createTally());
      return body({ ...world, stop: AbortSignal.any([stop, closing]) });
    },
    async close() {
      ending.abort();
      await working;
      await equipment.close();
    },
  };
}

/** Whether there is anything that a reader of the job would want stored: not the time of the next look alone. */
function changedJob(before: Job, after: Job): boolean {
  const { nextRunAt: _before, ...one } = before;
  const { nextRunAt: _after, ...other } = after;
  return before.nextRunAt === null || JSON.stringify(one) !== JSON.stringify(other);
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    signal.addEventListener('abort', done);
  });
}
