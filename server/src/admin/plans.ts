import type { FastifyInstance } from 'fastify';
import { type PlanItemView, type PlanView, planQuerySchema } from '../contract/plan.ts';
import type { Application, StoredPlan, StoredPlanItem } from '../store/application-contract.ts';
import type { AdminContext } from './context.ts';
import { findApplication } from './find-application.ts';
import { iso, isoOrNull } from './iso.ts';
import { Problem } from './problem.ts';
import { whoOf } from './who.ts';

interface ByName {
  readonly Params: { readonly application: string };
}

interface PlanPath {
  readonly plan: string;
  /** In the longer path alone. */
  readonly application?: string;
}

interface ById {
  readonly Params: PlanPath;
}

interface ByItem {
  readonly Params: PlanPath & { readonly n: string };
}

/** Dry runs that are kept: make, list, read in pages, approve (apply), refuse (discard) whole or item by item. */
export async function plans(api: FastifyInstance, context: AdminContext): Promise<void> {
  const { store, provisioning } = context;

  api.get<ByName>('/applications/:application/plans', async (request) => {
    const application = await findApplication(context, request.params.application);
    const stored = await store.applications.plans(application.key);
    return { plans: stored.map((plan) => planView(plan, application)) };
  });

  api.post<ByName>('/applications/:application/plans', { config: { role: 'operator' } }, async (request, reply) => {
    const application = await findApplication(context, request.params.application);
    const plan = await provisioning.plan(application, whoOf(request));
    return reply.code(201).header('location', `/api/plans/${plan.id}`).send(planView(plan, application));
  });

  // A plan's id says of which application it is; the longer path is for those who walk down from there.
  for (const base of ['/plans/:plan', '/applications/:application/plans/:plan']) planRoutes(api, context, base);
}

function planRoutes(api: FastifyInstance, context: AdminContext, base: string): void {
  const { store, provisioning } = context;

  api.get<ById>(base, async (request) => {
    const { after, limit } = planQuerySchema.parse(request.query);
    const { plan, application } = await findPlan(context, request.params);
    const items = await store.applications.planItems(plan.id, after, limit);
    const next = items.length < limit ? null : (items.at(-1)?.n ?? null);
    return { ...planView(plan, application), items: items.map(itemView), next };
  });

  api.post<ById>(`${base}/apply`, { config: { role: 'operator' } }, async (request) => {
    const { plan, application } = await findOpenPlan(context, request.params);
    return planView(await provisioning.applyPlan(application, plan, whoOf(request)), application);
  });

  api.post<ById>(`${base}/discard`, { config: { role: 'operator' } }, async (request) => {
    const { plan, application } = await findOpenPlan(context, request.params);
    const discarded = { ...plan, state: 'discarded' } as const;
    await store.applications.savePlan(discarded);
    return planView(discarded, application);
  });

  api.post<ByItem>(`${base}/items/:n/reject`, { config: { role: 'operator' } }, async (request) => {
    const { plan } = await findOpenPlan(context, request.params);
    const item = await findItem(context, plan, request.params.n);
    if (item.state !== 'open') throw new Problem('not-usable', `Item ${item.n} is ${item.state} already.`);
    const rejected = { ...item, state: 'rejected' } as const;
    await store.applications.savePlanItems([rejected]);
    return itemView(rejected);
  });
}

async function findPlan(
  context: AdminContext,
  { plan: id, application: name }: PlanPath,
): Promise<{ readonly plan: StoredPlan; readonly application: Application }> {
  const { applications } = context.store;
  const plan = await applications.plan(id);
  const application = (await applications.list()).find(({ key, removing }) => key === plan?.application && !removing);
  const named = name === undefined ? application : await findApplication(context, name);
  if (plan !== undefined && application !== undefined && named?.key === application.key) return { plan, application };
  throw new Problem(
    'not-found',
    `There is no plan ${id}; rollcall application plans APP shows those of an application.`,
  );
}

async function findOpenPlan(context: AdminContext, path: PlanPath) {
  const found = await findPlan(context, path);
  if (found.plan.state === 'open') return found;
  throw new Problem('not-usable', `The plan is ${found.plan.state}; make a new one: rollcall application plan.`);
}

async function findItem({ store }: AdminContext, plan: StoredPlan, text: string): Promise<StoredPlanItem> {
  const n = /^\d{1,15}$/.test(text) ? Number(text) : Number.NaN;
  const [item] = Number.isNaN(n) ? [] : await store.applications.planItems(plan.id, n - 1, 1);
  if (item?.n === n) return item;
  throw new Problem('not-found', `The plan has no item ${text}.`);
}

const planView = (plan: StoredPlan, { slug }: Application): PlanView => ({
  id: plan.id,
  application: slug,
  state: plan.state,
  createdAt: iso(plan.created),
  by: plan.by,
  appliedAt: isoOrNull(plan.appliedAt),
  appliedBy: plan.appliedBy,
  counts: { ...plan.counts },
});

const itemView = (item: StoredPlanItem): PlanItemView => ({
  n: item.n,
  type: item.type,
  id: item.sourceId,
  label: item.label,
  action: item.action,
  reason: item.reason,
  changes: item.changes,
  state: item.state,
  outcome: item.outcome,
});
