import { keyText, type ProvisioningRecord, planWorld } from '@rollcall/provisioning';
import type { Json } from '@rollcall/scim';
import { Problem } from '../admin/problem.ts';
import type { Application, StoredPlan, StoredPlanItem } from '../store/application-contract.ts';
import type { ProvisioningContext } from './equipment.ts';
import type { RunningJob } from './job.ts';

const PAGE = 500;

/** A dry run over everything, kept as a plan: each item with a fingerprint of what it was decided by. */
export async function makePlan(
  context: ProvisioningContext,
  job: RunningJob,
  application: Application,
  by: string,
): Promise<StoredPlan> {
  const id = context.newId();
  const items = new Map<string, StoredPlanItem>();
  await job.dryRun(planWorld, (record, fingerprint) => {
    const action = actionOf(record);
    if (action === undefined) return;
    const key = `${action === 'members' ? 'members ' : ''}${keyText(record)}`;
    const planned = items.get(key);
    // A reference that could be set only after another object was created belongs to the item of its object.
    const changes = planned === undefined ? changesOf(record) : [...list(planned.changes), ...changesOf(record)];
    const { type, id: sourceId, label, reason } = record;
    const item = { plan: id, n: items.size + 1, type, sourceId, label, action, reason, fingerprint, changes };
    items.set(key, planned === undefined ? { ...item, state: 'open', outcome: null } : { ...planned, changes });
  });
  const counts: Record<string, number> = {};
  for (const { action } of items.values()) counts[action] = (counts[action] ?? 0) + 1;
  const plan: StoredPlan = {
    id,
    application: application.key,
    state: 'open',
    created: context.now(),
    by,
    appliedAt: null,
    appliedBy: null,
    counts,
  };
  await context.store.applications.addPlan(plan, pagesOf([...items.values()]));
  return plan;
}

async function* pagesOf<T>(items: readonly T[]): AsyncIterable<readonly T[]> {
  for (let from = 0; from < items.length; from += PAGE) yield items.slice(from, from + PAGE);
}

function actionOf({ action, status, steps, modified }: ProvisioningRecord): StoredPlanItem['action'] | undefined {
  if (status !== 'success' && status !== 'warning') return undefined;
  if (steps.some(({ name }) => name === 'members')) return 'members';
  if (action === 'create' || action === 'disable' || action === 'delete') return action;
  if (action !== 'update') return undefined;
  const isFound = steps.some(({ name, details }) => name === 'match' && 'value' in details);
  return isFound ? 'adopt' : modified.length > 0 ? 'update' : undefined;
}

const changesOf = ({ modified }: ProvisioningRecord): Json[] =>
  modified.map(({ path, from, to }) => ({ path, from: from ?? null, to: to ?? null }));

const list = (changes: Json): Json[] => (Array.isArray(changes) ? [...changes] : []);

/**
 * Applies what is open in a plan. Each object is decided about once more: where the decision would be another one than
 * the plan shows, because directory, mapping or link have moved since, the item is refused and nothing is sent.
 */
export async function applyPlan(
  context: ProvisioningContext,
  job: RunningJob,
  application: Application,
  plan: StoredPlan,
  by: string,
): Promise<StoredPlan> {
  const { applications } = context.store;
  // One that is being applied, and by nobody here, is one whose process has ended: it goes on where that stopped.
  if (plan.state !== 'open' && plan.state !== 'applying')
    throw new Problem('not-usable', `The plan is ${plan.state}. Make a new one.`);
  await applications.savePlan({ ...plan, state: 'applying' });
  const withheld = new Set<string>();
  for (let after = 0, items = await applications.planItems(plan.id, after, PAGE); items.length > 0; ) {
    const open = items.filter(({ state }) => state === 'open');
    const objects = open.filter(({ action }) => action !== 'members');
    const members = open.filter(({ action }) => action === 'members');
    const outcomes = await applyObjects(job, objects);
    const left = [...items, ...outcomes].filter(({ state }) => state !== 'open' && state !== 'applied');
    for (const { action, sourceId } of left) if (isNew(action)) withheld.add(sourceId);
    // Memberships come after all objects, in the plan as in a cycle.
    await applications.savePlanItems([...outcomes, ...(await applyMembers(job, members, withheld))]);
    after = items.at(-1)?.n ?? after;
    items = await applications.planItems(plan.id, after, PAGE);
  }
  const applied: StoredPlan = { ...plan, state: 'applied', appliedAt: context.now(), appliedBy: by };
  await applications.savePlan(applied);
  context.log.info({ application: application.slug, plan: plan.id }, 'A plan was applied');
  return applied;
}

const keyOf = ({ type, sourceId }: StoredPlanItem) => ({ type, id: sourceId });

async function applyObjects(job: RunningJob, items: readonly StoredPlanItem[]): Promise<StoredPlanItem[]> {
  if (items.length === 0) return [];
  const expected = new Map(items.map((item) => [keyText(keyOf(item)), item.fingerprint]));
  // The members of a group are an item of their own, which may be rejected.
  const { records } = await job.onDemand({ kind: 'onDemand', keys: items.map(keyOf), expected, members: new Set() });
  const outcomes = new Map(records.filter((record) => !isMembers(record)).map((record) => [keyText(record), record]));
  return items.map((item) => outcomeOf(item, outcomes.get(keyText(keyOf(item)))));
}

/**
 * Memberships are compared by what would be sent now; objects of the plan that were not brought into the target are no
 * difference.
 */
async function applyMembers(
  job: RunningJob,
  items: readonly StoredPlanItem[],
  withheld: ReadonlySet<string>,
): Promise<StoredPlanItem[]> {
  if (items.length === 0) return [];
  const groups = { kind: 'onDemand', keys: items.map(keyOf), expected: new Map() } as const;
  const now = await job.onDemand(groups, planWorld);
  const planned = new Map<string, Json[]>();
  for (const record of now.records.filter(isMembers)) {
    planned.set(record.id, [...(planned.get(record.id) ?? []), ...changesOf(record)]);
  }
  const same = ({ sourceId, changes }: StoredPlanItem) =>
    memberSet(planned.get(sourceId), withheld) === memberSet(changes, withheld);
  const due = items.filter(same);
  const { records } = await job.onDemand({ ...groups, keys: due.map(keyOf) });
  const outcomes = new Map(records.filter(isMembers).map((record) => [record.id, record]));
  return items.map((item) => outcomeOf(item, outcomes.get(item.sourceId)));
}

const isMembers = ({ steps }: ProvisioningRecord): boolean => steps.some(({ name }) => name === 'members');

/** What brings an object into the target or links it there. */
const isNew = (action: StoredPlanItem['action']): boolean => action === 'create' || action === 'adopt';

/** Which members are added and removed, in any order; nobody withheld is added. */
function memberSet(changes: Json | undefined, withheld: ReadonlySet<string>): string {
  const ids = list(changes ?? []).flatMap((change) => {
    const { from, to } = change as { from: Json; to: Json }; // only `changesOf` makes them
    const added = list(to).filter((id) => !withheld.has(String(id)));
    return [...added.map((id) => `+${id}`), ...list(from).map((id) => `-${id}`)];
  });
  return ids.sort().join(' ');
}

function outcomeOf(item: StoredPlanItem, record: ProvisioningRecord | undefined): StoredPlanItem {
  if (record === undefined) {
    const outcome = 'Refused: the directory, the mapping or the link has changed since the plan was made.';
    return { ...item, state: 'refused', outcome };
  }
  if (record.status === 'failure') return { ...item, state: 'failed', outcome: record.error?.message ?? record.reason };
  return { ...item, state: 'applied', outcome: record.reason };
}
