import type { DriftWish, ObjectKey, ProvisioningRecord } from '@rollcall/provisioning';
import { Problem } from '../admin/problem.ts';
import type { Application, StoredPlan } from '../store/application-contract.ts';
import type { ResetScope } from './contract.ts';
import { decideStaged } from './decide-staged.ts';
import type { DriftWork } from './drift.ts';
import type { ProvisioningContext } from './equipment.ts';
import type { RunningJob } from './job.ts';
import { applyPlan, makePlan } from './plans.ts';
import { restartedJob } from './restart.ts';

/** What the holder of an application is asked for, and what it answers: JSON both, as it may be another process. */
export interface Asked {
  stop: { asks: null; answers: null };
  restart: { asks: readonly ResetScope[]; answers: null };
  onDemand: {
    asks: { readonly keys: readonly ObjectKey[]; readonly members: readonly string[] | null };
    answers: readonly ProvisioningRecord[];
  };
  plan: { asks: { readonly by: string }; answers: StoredPlan };
  applyPlan: { asks: { readonly plan: string; readonly by: string }; answers: StoredPlan };
  decide: {
    asks: { readonly decision: 'allow' | 'reject'; readonly keys: readonly ObjectKey[] | 'all' };
    answers: number;
  };
  compareDrift: { asks: { readonly ms: number }; answers: null };
  decideDrift: {
    asks: { readonly wish: DriftWish; readonly keys: readonly ObjectKey[] };
    answers: { readonly decided: number; readonly failed: number };
  };
}

/** What this process has of an application that it holds. */
export interface Tools {
  readonly context: ProvisioningContext;
  readonly job: RunningJob;
  readonly drift: DriftWork;
  /** Plans that are being applied here. */
  readonly applying: Set<string>;
}

type Perform = {
  readonly [Kind in keyof Asked]: (
    tools: Tools,
    application: Application,
    asked: Asked[Kind]['asks'],
  ) => Promise<Asked[Kind]['answers']>;
};

/** Each kind of work that may be asked for, done by the process that holds the application. */
export const PERFORM: Perform = {
  async stop({ job, drift }, { key }) {
    await drift.stop(key);
    await job.stop();
    return null;
  },
  async restart({ context, job }, application, reset) {
    await job.stop();
    await restartedJob(context, job.fence, application, reset);
    job.forgetRefusals();
    return null;
  },
  async onDemand({ job }, _application, { keys, members }) {
    const some = members === null ? {} : { members: new Set(members) };
    return (await job.onDemand({ kind: 'onDemand', keys, ...some })).records;
  },
  plan: ({ context, job }, application, { by }) => makePlan(context, job, application, by),
  async applyPlan({ context, job, applying }, application, { plan: id, by }) {
    const plan = await context.store.applications.plan(id);
    if (plan === undefined) throw new Problem('not-found', 'The plan is gone. Make a new one.');
    if (applying.has(id)) throw new Problem('not-usable', 'The plan is applying. Make a new one.');
    applying.add(id);
    try {
      return await applyPlan(context, job, application, plan, by);
    } finally {
      applying.delete(id);
    }
  },
  decide: ({ context, job }, application, { decision, keys }) =>
    decideStaged(context, job, application, decision, keys),
  async compareDrift({ drift }, application, { ms }) {
    await drift.compare(application, ms);
    return null;
  },
  decideDrift: ({ drift }, application, { wish, keys }) => drift.decide(application, wish, keys),
};
