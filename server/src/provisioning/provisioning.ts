import { testConnection } from '@rollcall/provisioning';
import type { Provisioning } from './contract.ts';
import { decideStaged } from './decide-staged.ts';
import { createDriftWork } from './drift.ts';
import { createEquipment, type ProvisioningContext, targetOptions } from './equipment.ts';
import { createJob, type RunningJob } from './job.ts';
import { applyPlan, makePlan } from './plans.ts';
import { previewMappings } from './preview.ts';
import { restartedJob } from './restart.ts';
import { tryExpression } from './try-expression.ts';

/** Opens provisioning; jobs that were started before begin to work when `resume` is called. */
export function openProvisioning(context: ProvisioningContext): Provisioning & { resume(): Promise<void> } {
  const { applications } = context.store;
  const jobs = new Map<number, RunningJob>();
  let serving = false;

  function jobOf(key: number): RunningJob {
    const known = jobs.get(key);
    if (known !== undefined) return known;
    const job = createJob(context, key, createEquipment(context));
    jobs.set(key, job);
    return job;
  }

  const drift = createDriftWork(context, jobOf);

  return {
    /** From here on this process works for all active applications; other processes (commands) only ask. */
    async resume() {
      serving = true;
      await markInterrupted(context);
      for (const { key, job, removing } of await applications.list()) {
        if (job.status === 'active' && !removing) jobOf(key).begin();
      }
      drift.begin();
    },
    async start(application) {
      // So that a missing connection is said now.
      await targetOptions(context, application);
      await applications.changeJob(application.key, (job) => ({ ...job, status: 'active', nextRunAt: context.now() }));
      if (serving) jobOf(application.key).begin();
      jobs.get(application.key)?.poke();
    },
    async stop(application) {
      await applications.changeJob(application.key, (job) => ({ ...job, status: 'paused', nextRunAt: null }));
      await drift.stop(application.key);
      await jobs.get(application.key)?.stop();
    },
    async restart(application, reset) {
      await jobs.get(application.key)?.stop();
      await restartedJob(context, application, reset);
      jobs.get(application.key)?.forgetRefusals();
      if (serving) jobOf(application.key).begin();
    },
    changed(key) {
      jobs.get(key)?.poke();
    },
    live: (key) => jobs.get(key)?.live() ?? { running: null, rate: null },
    async provisionOnDemand(application, keys, members) {
      const start = {
        kind: 'onDemand',
        keys,
        ...(members === undefined ? {} : { members: new Set(members) }),
      } as const;
      return (await jobOf(application.key).onDemand(start)).records;
    },
    async testConnection(application, connection, secret) {
      const options = await targetOptions(context, application, connection, secret);
      const user = matchingPath(application.mappings.users.attributes);
      const group = application.mappings.groups.enabled
        ? matchingPath(application.mappings.groups.attributes)
        : undefined;
      return testConnection(options, { user: user ?? 'userName', group });
    },
    preview: (application, mappings, settings) => previewMappings(context, application, mappings, settings),
    tryExpression: (application, expression, object) => tryExpression(context, application, expression, object),
    plan: (application, by) => makePlan(context, jobOf(application.key), application, by),
    applyPlan: (application, plan, by) => applyPlan(context, jobOf(application.key), application, plan, by),
    decide: (application, decision, keys) => decideStaged(context, jobOf(application.key), application, decision, keys),
    compareDrift: (application, ms) => drift.compare(application, ms),
    isComparingDrift: (key) => drift.isComparing(key),
    decideDrift: (application, wish, keys) => drift.decide(application, wish, keys),
    async close() {
      await drift.close();
      await Promise.all([...jobs.values()].map((job) => job.close()));
    },
  };
}

const matchingPath = (attributes: readonly { readonly target: string; readonly matching: number }[]) =>
  attributes.toSorted((a, b) => a.matching - b.matching).find(({ matching }) => matching > 0)?.target;

/** Cycles of a process that died. */
async function markInterrupted({ store, now }: ProvisioningContext): Promise<void> {
  for (const { key } of await store.applications.list()) {
    for (const cycle of await store.applications.cycles(key, 10)) {
      if (cycle.state !== 'running') continue;
      await store.applications.saveCycle({ ...cycle, state: 'interrupted', ended: now() });
    }
  }
}
