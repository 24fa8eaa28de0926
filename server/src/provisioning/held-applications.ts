import { setTimeout as pause } from 'node:timers/promises';
import type { Json } from '@rollcall/scim';
import type { Asking } from '../jobs/asking.ts';
import type { Holding, Lease } from '../jobs/holding.ts';
import type { Application } from '../store/application-contract.ts';
import type { LiveState } from './contract.ts';
import { createDriftWork } from './drift.ts';
import { createEquipment, type ProvisioningContext } from './equipment.ts';
import { createJob, type RunningJob } from './job.ts';
import { type Asked, PERFORM, type Tools } from './perform.ts';

/** Milliseconds after which nobody waits for what was asked. */
const LONGEST_WAIT = 60 * 60_000;

/** The applications that this process works for. */
export interface HeldApplications {
  /** Gets the lease of an application, unless another process has it. */
  hold(key: number): Promise<Tools | undefined>;
  held(key: number): Tools | undefined;
  /** Looks at the job as it is stored, and works or rests accordingly; does what is asked. Nothing where it is not held. */
  look(key: number): Promise<void>;
  progress(key: number): Progress | undefined;
  /** From here on the targets are compared with what was sent when it is due. */
  begin(): void;
  close(): Promise<void>;
}

/** What is known of an application only while it is worked for. */
export interface Progress {
  readonly live: LiveState;
  readonly comparing: boolean;
}

interface Held {
  readonly lease: Lease;
  readonly tools: Tools;
  readonly ready: Promise<void>;
  /** Beginning and stopping, one after another. */
  turn: Promise<void>;
}

export function createHeldApplications(
  context: ProvisioningContext,
  holding: Holding,
  asking: Pick<Asking, 'outcomeOf' | 'answered'>,
): HeldApplications {
  const { store, log } = context;
  const { applications, work } = store;
  const known = new Map<number, Held>();
  const saving = new Map<number, 'saving' | 'again'>();
  const full: ProvisioningContext = { ...context, progressed };
  const drift = createDriftWork(full, (key) => held(key)?.job);
  const applying = new Set<string>();

  function held(key: number): Tools | undefined {
    const one = known.get(key);
    return one === undefined || one.lease.lost.aborted ? undefined : one.tools;
  }

  async function hold(key: number): Promise<Tools | undefined> {
    const lease = await holding.acquire(key);
    if (lease === undefined) return undefined;
    const one = known.get(key);
    if (one !== undefined && one.lease === lease) {
      await one.ready;
      return one.tools;
    }
    const job = createJob(full, lease, createEquipment(full));
    const made: Held = {
      lease,
      tools: { context: full, job, drift, applying },
      ready: settleBefore(full, lease),
      turn: Promise.resolve(),
    };
    known.set(key, made);
    lease.lost.addEventListener('abort', () => void drop(made), { once: true });
    try {
      await made.ready;
    } catch (error) {
      holding.lose(lease);
      throw error;
    }
    return made.tools;
  }

  async function drop(one: Held): Promise<void> {
    const { key } = one.tools.job;
    if (known.get(key) === one) known.delete(key);
    await Promise.allSettled([drift.stop(key), one.tools.job.close()]);
  }

  async function look(key: number): Promise<void> {
    const one = known.get(key);
    if (one === undefined || one.lease.lost.aborted) return;
    const { job } = one.tools;
    const application = (await applications.list()).find((each) => each.key === key && !each.removing);
    if (application === undefined) {
      await drop(one);
      await holding.release(one.lease);
      return;
    }
    await answerRequests(one, application);
    one.turn = one.turn.then(async () => {
      if (application.job.status !== 'active') await job.stop();
      // Who begins looks anyway.
      else if (!job.begin()) job.poke();
    });
    // What is waited for here is that the cycle has ended; nobody else need.
    one.turn.catch((error: unknown) => log.error({ error, application: key }, 'A job could not be looked at'));
  }

  async function answerRequests({ lease, tools }: Held, application: Application): Promise<void> {
    if (!work.isShared) return;
    const requests = await work.requests.take(lease.application, lease.fence, LONGEST_WAIT);
    for (const { id, kind, data } of requests) {
      const answer = async () => {
        const outcome = await asking.outcomeOf(async () => {
          if (!isAsked(kind)) throw new Error(`Nobody here knows the work ${kind}`);
          return perform(tools, application, kind, data);
        });
        // Whoever takes the lease over does it anew.
        if (lease.lost.aborted) return;
        await work.requests.answer(id, lease.fence, outcome);
        asking.answered(id);
      };
      answer().catch((error: unknown) => log.warn({ error, kind }, 'What another process asked for was not answered'));
    }
  }

  /** Tells whoever watches, in whatever process. */
  function progressed(application: Application): void {
    const { key } = application;
    context.progressed(application);
    if (!work.isShared || saving.has(key)) {
      if (saving.has(key)) saving.set(key, 'again');
      return;
    }
    saving.set(key, 'saving');
    saveProgress(application).catch((error: unknown) => log.warn({ error }, 'How far a cycle is could not be stored'));
  }

  async function saveProgress(application: Application): Promise<void> {
    const { key } = application;
    try {
      const one = known.get(key);
      const now = progress(key);
      if (one === undefined || now === undefined) return;
      await work.leases.saveProgress(key, one.lease.fence, JSON.parse(JSON.stringify(now)));
      context.progressed(application);
    } finally {
      const again = saving.get(key) === 'again';
      saving.delete(key);
      if (again) progressed(application);
    }
  }

  function progress(key: number): Progress | undefined {
    const job: RunningJob | undefined = held(key)?.job;
    return job === undefined ? undefined : { live: job.live(), comparing: drift.isComparing(key) };
  }

  return {
    hold,
    held,
    look,
    progress,
    begin: () => drift.begin(),
    async close() {
      await drift.close();
      await Promise.all([...known.values()].map(({ tools }) => tools.job.close()));
    },
  };
}

const isAsked = (kind: string): kind is keyof Asked => Object.hasOwn(PERFORM, kind);

/** As JSON, from and to whichever process asks; what it sent is what `Asked` says of the kind. */
async function perform(tools: Tools, application: Application, kind: keyof Asked, data: Json): Promise<Json> {
  const body: (tools: Tools, application: Application, asked: never) => Promise<unknown> = PERFORM[kind];
  // `Asked` says what is sent with each kind, and only `ask` sends.
  return JSON.parse(JSON.stringify(await body(tools, application, data as never)));
}

/** Milliseconds between two looks whether the workers of the last coordinator have ended. */
const WORKERS_LOOK = 250;

/** What another process has left: its workers end, and its cycles are over. */
async function settleBefore({ store, now }: ProvisioningContext, { application, fence, lost }: Lease): Promise<void> {
  const { applications, work } = store;
  while (work.isShared && !lost.aborted && (await work.chunks.clear(application, fence)) > 0) await pause(WORKERS_LOOK);
  for (const cycle of await applications.cycles(application, 10)) {
    if (cycle.state !== 'running') continue;
    const ended = { ...cycle, state: 'interrupted', ended: now() } as const;
    await applications.saveCycle(ended, work.isShared ? fence : undefined);
  }
}
