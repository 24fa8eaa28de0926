import { setTimeout as pause } from 'node:timers/promises';
import {
  type Chunk,
  type ChunkOutcome,
  createLocks,
  createParkedMembers,
  createTally,
  runChunk,
  type Source,
  type Spread,
  Stopped,
  type World,
  whileHeld,
} from '@rollcall/provisioning';
import type { Holding, Lease } from '../jobs/holding.ts';
import type { Queue } from '../jobs/queue.ts';
import { CommitFailed } from '../store/contract.ts';
import { isDatabaseLost } from '../store/database-lost.ts';
import { type HeldChunk, LeaseLost } from '../store/work-contract.ts';
import { applicationOf } from './application-registry.ts';
import { createEquipment, type Equipment, type ProvisioningContext } from './equipment.ts';
import { rulesOf } from './rules-of.ts';

/** Fewer objects than these are done by one process before another has begun. */
const SPREAD_FROM = 1000;
/** The job by which some worker takes a chunk. */
const JOB = 'chunk';
/** Milliseconds between two looks at a chunk that is out, and between two calls for somebody to take it. */
const LOOK = 250;
const CALL = 5000;
/** Milliseconds between two looks of a worker whether its chunk is still its own. */
const STATE = 1000;
/** Milliseconds between two looks for chunks that this process has and does not work on. */
const TIDY = 5000;

/** Initial cycles of big applications, spread over the processes that work for applications. */
export interface Spreading {
  /** How the coordinator hands a cycle out; undefined where there is little to do, or nobody else to do it. */
  spread(lease: Lease, source: Source): Promise<Spread | undefined>;
  /** From here on this process takes chunks, its own and those of other coordinators. */
  begin(): Promise<void>;
  /** Ends the chunk that is under way; another process does it. */
  close(): Promise<void>;
}

export function createSpreading(
  context: Omit<ProvisioningContext, 'spread'>,
  holding: Holding,
  queue: Queue,
): Spreading {
  const { store, log } = context;
  const { applications, work } = store;
  const { chunks } = work;
  const equipments = new Map<number, Equipment>();
  const closing = new AbortController();
  const running = new Set<Promise<void>>();
  const inHand = new Set<HeldChunk>();
  let taking = 0;
  let tidying: NodeJS.Timeout | undefined;

  function equipmentOf(application: number): Equipment {
    const equipment = equipments.get(application) ?? createEquipment(context);
    equipments.set(application, equipment);
    return equipment;
  }

  const workers = async () => (await work.leases.processes()).filter(({ roles }) => roles.includes('worker')).length;

  async function spread(lease: Lease, source: Source): Promise<Spread | undefined> {
    if (!work.isShared) return undefined;
    let width = await workers();
    const [users, groups] = await Promise.all([source.count('User'), source.count('Group')]);
    if (width < 2 || users + groups < SPREAD_FROM) return undefined;
    return {
      width: () => width + 1,
      async run(chunk, stop) {
        await chunks.add(lease.application, lease.fence, chunk);
        try {
          return await outcomeOf(lease, chunk, stop);
        } finally {
          width = await workers().catch(() => width);
          await chunks.remove(chunk.cycle, chunk.n).catch(() => undefined);
        }
      },
    };
  }

  /** Waits for whoever takes the chunk, and for the next one where that one dies; whatever the database does meanwhile. */
  async function outcomeOf(lease: Lease, { cycle, n }: Chunk, stop: AbortSignal): Promise<ChunkOutcome> {
    let called = Number.NEGATIVE_INFINITY;
    let isTold = false;
    for (;;) {
      lease.check();
      try {
        if (stop.aborted && !isTold) {
          await chunks.stop(cycle, n);
          isTold = true;
        }
        const found = await chunks.look(cycle, n);
        if (typeof found === 'object') return found;
        if (found === 'free' && isTold) throw new Stopped('The cycle was stopped.');
        if (found === 'free' && performance.now() - called > CALL) {
          called = performance.now();
          await queue.send(JOB, { application: lease.application }, { key: `${cycle} ${n}` });
        }
      } catch (error) {
        if (error instanceof Stopped || error instanceof LeaseLost) throw error;
        log.warn({ error, cycle }, 'A part of a cycle could not be looked at; it is looked at again');
      }
      await pause(LOOK);
    }
  }

  /** Takes chunks of an application as long as there are any. */
  async function takeAll(application: number): Promise<void> {
    while (!closing.signal.aborted && holding.isAlive()) {
      const held = await take(application);
      if (held === undefined) return;
      await workOn(held).finally(() => inHand.delete(held));
    }
  }

  async function take(application: number): Promise<HeldChunk | undefined> {
    taking++;
    try {
      const held = await chunks.take(application, holding.process);
      if (held !== undefined) inHand.add(held);
      return held;
    } finally {
      taking--;
    }
  }

  /**
   * Gives back what this process has and does not work on: the database was lost when it took or left a chunk, and was
   * back before this process could be taken for dead.
   */
  async function tidy(): Promise<void> {
    if (taking === 0 && holding.isAlive()) await chunks.keepOnly(holding.process, [...inHand]);
  }

  async function workOn(held: HeldChunk): Promise<void> {
    const stopping = new AbortController();
    const lost = new AbortController();
    const check = () => {
      if (lost.signal.aborted || !holding.isAlive()) throw new LeaseLost('The part of the cycle is another one’s now.');
    };
    const follow = async () => {
      const state = holding.isAlive() ? await chunks.state(held) : 'lost';
      if (state === 'stopping') stopping.abort();
      if (state === 'lost') lost.abort();
    };
    const timer = setInterval(() => {
      follow().catch((error: unknown) => log.warn({ error }, 'A part of a cycle could not be followed'));
    }, STATE);
    try {
      const stop = AbortSignal.any([stopping.signal, lost.signal, closing.signal]);
      const abort = AbortSignal.any([context.abort, lost.signal]);
      const world = await worldOf(held, check, stop, abort);
      await chunks.finish(held, await runChunk(world, held.chunk));
    } catch (error) {
      await failed(held, error);
    } finally {
      clearInterval(timer);
    }
  }

  async function failed(held: HeldChunk, error: unknown): Promise<void> {
    try {
      const isOurs = error instanceof Stopped || error instanceof LeaseLost;
      // Nothing is wrong with the application: whoever takes it next goes on from where this one was.
      if (isOurs || isDatabaseLost(error) || error instanceof CommitFailed) return await chunks.giveBack(held);
      log.error({ error, application: held.application }, 'A part of a cycle failed');
      const message = error instanceof Error ? error.message : String(error);
      await chunks.finish(held, { kind: 'failed', message });
    } catch (unstored) {
      // What could not be given back is so by the next `tidy`.
      if (!(unstored instanceof LeaseLost)) throw unstored;
    }
  }

  async function worldOf(held: HeldChunk, check: () => void, stop: AbortSignal, abort: AbortSignal): Promise<World> {
    const application = await applicationOf(applications, held.application);
    const { source, target, mappings, mapper } = await equipmentOf(application.key).of(application);
    const { rules } = rulesOf(application, await applications.assignments(application.key), mappings);
    return {
      cycle: held.chunk.cycle,
      rules,
      source,
      target: whileHeld(target, check),
      journal: chunks.journal(held),
      mapper,
      locks: createLocks(),
      parked: createParkedMembers(),
      tally: createTally(),
      stop,
      abort,
      left: new Set(),
      doubtful: new Set(),
      now: context.now,
      random: context.random,
      seek: (values) => chunks.seek(held, values),
      laneFailed: (error) => log.warn({ error, application: application.slug }, 'The leaver lane failed'),
    };
  }

  return {
    spread,
    async begin() {
      if (!work.isShared) return;
      await queue.work(JOB, async (data) => {
        // Only `outcomeOf` sends it.
        const taken = takeAll((data as { readonly application: number }).application);
        running.add(taken);
        await taken.finally(() => running.delete(taken));
      });
      tidying = setInterval(() => {
        tidy().catch((error: unknown) => log.warn({ error }, 'Parts of cycles could not be given back; they will be'));
      }, TIDY);
      tidying.unref();
    },
    async close() {
      closing.abort();
      clearInterval(tidying);
      await Promise.allSettled(running);
      await Promise.all([...equipments.values()].map((equipment) => equipment.close()));
    },
  };
}
