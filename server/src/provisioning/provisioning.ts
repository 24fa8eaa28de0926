import { testConnection } from '@rollcall/provisioning';
import type { Json } from '@rollcall/scim';
import { createAsking } from '../jobs/asking.ts';
import type { Holding } from '../jobs/holding.ts';
import type { Queue } from '../jobs/queue.ts';
import type { Application } from '../store/application-contract.ts';
import { LeaseLost } from '../store/work-contract.ts';
import type { LiveState, Provisioning } from './contract.ts';
import { type ProvisioningContext, targetOptions } from './equipment.ts';
import { createHeldApplications, type Progress } from './held-applications.ts';
import { type Asked, PERFORM } from './perform.ts';
import { previewMappings } from './preview.ts';
import { createSpreading } from './spreading.ts';
import { tryExpression } from './try-expression.ts';

export interface ProvisioningOptions extends ProvisioningContext {
  readonly holding: Holding;
  readonly queue: Queue;
  /** Whether this process works for applications; else it asks others. */
  readonly isWorker: boolean;
}

/** The job by which some process takes an application up that nobody works for. */
const TAKE_UP = 'provision';
/** Milliseconds between two looks for such applications. */
const LOOK_EVERY = 5000;

/** Opens provisioning; jobs that were started before begin to work when `resume` is called. */
export function openProvisioning(options: ProvisioningOptions): Provisioning & { resume(): Promise<void> } {
  const { store, queue, holding, isWorker, log } = options;
  const { applications, work, signals } = store;
  const asking = createAsking({ work, signals, newId: options.newId, call });
  const spreading = createSpreading(options, holding, queue);
  const here = createHeldApplications({ ...options, spread: spreading.spread }, holding, asking);
  const ends: (() => void)[] = [];
  let serving = false;

  /** Makes whoever holds the application look at it, or somebody take it up. */
  async function call(key: number): Promise<void> {
    signals.publish('jobs', String(key));
    await queue.send(TAKE_UP, { application: key }, { key: String(key) });
  }

  async function ask<Kind extends keyof Asked>(
    kind: Kind,
    application: Application,
    asked: Asked[Kind]['asks'],
  ): Promise<Asked[Kind]['answers']> {
    const tools = isWorker ? await here.hold(application.key) : undefined;
    if (tools !== undefined) {
      try {
        return await PERFORM[kind](tools, application, asked);
      } catch (error) {
        if (!(error instanceof LeaseLost)) throw error;
      }
    }
    const answer: unknown = await asking.ask(application.key, kind, plain(asked));
    // The holder is the same program, which answers each kind as `Asked` says.
    return answer as Asked[Kind]['answers'];
  }

  async function takeUp(key: number): Promise<void> {
    if ((await here.hold(key)) === undefined) signals.publish('jobs', String(key));
    else await here.look(key);
  }

  /** Applications that nobody works for, and what was asked of this process while no hint came. */
  async function lookAround(): Promise<void> {
    for (const key of await work.leases.orphans()) {
      await queue.send(TAKE_UP, { application: key }, { key: String(key) });
    }
    if (!work.isShared) return;
    for (const key of await work.leases.asked(holding.process)) await here.look(key);
  }

  const failed = (error: unknown) => log.warn({ error }, 'Applications could not be looked at; it is tried again');

  function hinted(subject: string): void {
    const key = Number(subject);
    if (subject === '') {
      for (const { application } of holding.all()) here.look(application).catch(failed);
      if (work.isShared) lookAround().catch(failed);
    } else if (Number.isInteger(key)) {
      here.look(key).catch(failed);
    }
  }

  async function progress(key: number): Promise<Progress | undefined> {
    const known = here.progress(key);
    if (known !== undefined || !work.isShared) return known;
    // Only `createHeldApplications` writes these.
    return (await work.leases.progress(key)) as Progress | undefined;
  }

  return {
    /** From here on this process works for applications, if that is its role. */
    async resume() {
      serving = true;
      ends.push(signals.subscribe('jobs', hinted));
      await queue.work(TAKE_UP, async (data) => {
        // Only `call` and `lookAround` send it.
        const { application } = data as { readonly application: number };
        await takeUp(application);
      });
      await spreading.begin();
      await lookAround();
      here.begin();
      if (!work.isShared) return;
      const timer = setInterval(() => lookAround().catch(failed), LOOK_EVERY);
      timer.unref();
      ends.push(() => clearInterval(timer));
    },
    async start(application) {
      // So that a missing connection is said now.
      await targetOptions(options, application);
      await applications.changeJob(application.key, (job) => ({ ...job, status: 'active', nextRunAt: options.now() }));
      if (serving && (await here.hold(application.key)) !== undefined) await here.look(application.key);
      else if (work.isShared) await call(application.key);
    },
    async stop(application) {
      const { key } = application;
      await applications.changeJob(key, (job) => ({ ...job, status: 'paused', nextRunAt: null }));
      const isHeld = here.held(key) !== undefined || (work.isShared && (await work.leases.holder(key)) !== undefined);
      if (isHeld) await ask('stop', application, null);
    },
    async restart(application, reset) {
      await ask('restart', application, reset);
      if (serving && here.held(application.key) !== undefined) await here.look(application.key);
      else if (work.isShared) await call(application.key);
    },
    changed: (key) => signals.publish('jobs', String(key)),
    live: async (key) => (await progress(key))?.live ?? RESTING,
    provisionOnDemand: (application, keys, members) =>
      ask('onDemand', application, { keys, members: members === undefined ? null : [...members] }),
    async testConnection(application, connection, secret) {
      const target = await targetOptions(options, application, connection, secret);
      const user = matchingPath(application.mappings.users.attributes);
      const group = application.mappings.groups.enabled
        ? matchingPath(application.mappings.groups.attributes)
        : undefined;
      return testConnection(target, { user: user ?? 'userName', group });
    },
    preview: (application, mappings, settings) => previewMappings(options, application, mappings, settings),
    tryExpression: (application, expression, object) => tryExpression(options, application, expression, object),
    plan: (application, by) => ask('plan', application, { by }),
    applyPlan: (application, plan, by) => ask('applyPlan', application, { plan: plan.id, by }),
    decide: (application, decision, keys) => ask('decide', application, { decision, keys }),
    async compareDrift(application, ms) {
      await ask('compareDrift', application, { ms });
    },
    isComparingDrift: async (key) => (await progress(key))?.comparing ?? false,
    decideDrift: (application, wish, keys) => ask('decideDrift', application, { wish, keys }),
    async close() {
      for (const end of ends) end();
      await Promise.all([here.close(), spreading.close()]);
    },
  };
}

const RESTING: LiveState = { running: null, rate: null };

const plain = (value: unknown): Json => JSON.parse(JSON.stringify(value));

const matchingPath = (attributes: readonly { readonly target: string; readonly matching: number }[]) =>
  attributes.toSorted((a, b) => a.matching - b.matching).find(({ matching }) => matching > 0)?.target;
