import type { DriftPass, ObjectKey, StoredDrift, StoredDriftDecision } from '@rollcall/provisioning';
import { MEMBERS_PATH, MISSING_PATH } from '@rollcall/provisioning';
import type { FastifyInstance } from 'fastify';
import {
  type DriftItemView,
  type DriftListView,
  type DriftPassView,
  driftCheckSchema,
  driftQuerySchema,
  driftRuleOfPathSchema,
  driftWishSchema,
} from '../contract/drift.ts';
import type { Application } from '../store/application-contract.ts';
import { readName } from './application-object.ts';
import type { AdminContext } from './context.ts';
import { findApplication } from './find-application.ts';
import { iso, isoOrNull } from './iso.ts';
import { Problem } from './problem.ts';

const DECISIONS = 1000;
const SECOND = 1000;

interface ByName {
  readonly Params: { readonly application: string };
}

/** What somebody else changed at the target: show it, look for it now, and push, accept or ignore it. */
export async function drift(api: FastifyInstance, context: AdminContext): Promise<void> {
  const { store, provisioning } = context;

  api.get<ByName>('/applications/:application/drift', async (request) => {
    const query = driftQuerySchema.parse(request.query);
    return listView(context, await findApplication(context, request.params.application), query);
  });

  api.post<ByName>('/applications/:application/drift/check', { config: { role: 'operator' } }, async (request) => {
    const { wait } = driftCheckSchema.parse(request.body ?? {});
    const application = await findApplication(context, request.params.application);
    await provisioning.compareDrift(application, wait * SECOND);
    return listView(context, application, driftQuerySchema.parse({}));
  });

  api.post<ByName>('/applications/:application/drift/decide', { config: { role: 'operator' } }, async (request) => {
    const { decision, objects, attribute } = driftWishSchema.parse(request.body);
    const application = await findApplication(context, request.params.application);
    const path = attribute === undefined ? undefined : pathOf(application, attribute);
    const keys = await chosen(context, application, objects);
    const { decided, failed } = await provisioning.decideDrift(application, { decision, path }, keys);
    return { decided, failed, total: (await store.applications.drift(application.key).count()).items };
  });

  api.put<ByName>('/applications/:application/drift/rules', async (request) => {
    const { path: name, rule } = driftRuleOfPathSchema.parse(request.body);
    const application = await findApplication(context, request.params.application);
    const path = pathOf(application, name);
    const others = (application.settings.driftRules ?? []).filter((one) => one.path !== path);
    const driftRules = rule === 'report' ? others : [...others, { path, rule }];
    const changed = { ...application, settings: { ...application.settings, driftRules }, modified: context.now() };
    await store.applications.save(changed);
    // What is pushed or accepted from now on is so when it is met the next time.
    if (rule === 'ignore') await store.applications.drift(application.key).dropPath(path);
    return listView(context, changed, driftQuerySchema.parse({}));
  });
}

async function listView(
  { store, provisioning }: AdminContext,
  { key, settings }: Application,
  { limit, after, attribute, object }: ReturnType<typeof driftQuerySchema.parse>,
): Promise<DriftListView> {
  const journal = store.applications.drift(key);
  const { types, text } = object === undefined ? { types: [], text: undefined } : readName(object);
  const type = types.length === 1 ? types[0] : undefined;
  const [pass, counts, page, decisions] = await Promise.all([
    journal.pass(),
    journal.count(),
    journal.list({ limit, after, path: attribute, object: text, type }),
    journal.listDecisions(DECISIONS),
  ]);
  return {
    pass: passView(pass, await provisioning.isComparingDrift(key)),
    objects: counts.objects,
    total: counts.items,
    drift: page.items.map(itemView),
    next: page.next ?? null,
    decisions: decisions.map(decisionView),
    rules: (settings.driftRules ?? []).map(({ path, rule }) => ({ path, rule })),
  };
}

/** The path as the mapping writes it. */
function pathOf({ slug, mappings }: Application, name: string): string {
  const rows = [...mappings.users.attributes, ...mappings.groups.attributes];
  const paths = [MISSING_PATH, MEMBERS_PATH, ...rows.map(({ target }) => target)];
  const found = paths.find((path) => path === name) ?? paths.find((path) => path.toLowerCase() === name.toLowerCase());
  if (found !== undefined) return found;
  const detail = `"${name}" is not mapped; rollcall application mapping show ${slug} shows what is.`;
  throw new Problem('invalid-request', detail, { field: 'attribute' });
}

/** Among what has drifted or was decided about, not in the directory: what is missing may be gone from there too. */
async function chosen(
  { store }: AdminContext,
  { key, slug }: Application,
  names: readonly string[],
): Promise<ObjectKey[]> {
  const journal = store.applications.drift(key);
  const decisions = await journal.listDecisions(Number.MAX_SAFE_INTEGER);
  const keys: ObjectKey[] = [];
  for (const name of names) {
    const { types, text } = readName(name);
    const { items } = await journal.list({ object: text, limit: DECISIONS });
    const decided = decisions.filter(({ id, label }) => id === text || label.toLowerCase() === text.toLowerCase());
    const found = [...items, ...decided].filter(({ type }) => types.includes(type));
    const exact = found.filter(({ id }) => id === text);
    const meant = new Map((exact.length > 0 ? exact : found).map(({ type, id }) => [`${type} ${id}`, { type, id }]));
    const [first] = meant.values();
    if (first === undefined) {
      throw new Problem(
        'not-found',
        `Nothing of "${name}" differs; rollcall application drift ${slug} shows what does.`,
      );
    }
    if (meant.size > 1) throw new Problem('invalid-request', `Several are called "${name}"; name the one by its id.`);
    keys.push(first);
  }
  return keys;
}

function passView(pass: DriftPass | undefined, running: boolean): DriftPassView {
  const { looked = 0, failed = 0, error = null } = pass ?? {};
  const endedAt = running ? null : isoOrNull(pass?.ended ?? null);
  return { running, beganAt: isoOrNull(pass?.began ?? null), endedAt, looked, failed, error };
}

const itemView = ({
  type,
  id,
  targetId,
  label,
  path,
  kind,
  expected,
  found,
  since,
  seen,
}: StoredDrift): DriftItemView => ({
  ...{ type, id, targetId, label, path, kind, expected, found },
  sinceAt: iso(since),
  seenAt: iso(seen),
});

const decisionView = ({ type, id, label, path, rule, at }: StoredDriftDecision) => ({
  ...{ type, id, label, path, rule },
  at: iso(at),
});
