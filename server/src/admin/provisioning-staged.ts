import type { ObjectKey, StagedRemoval } from '@rollcall/provisioning';
import type { FastifyInstance } from 'fastify';
import { type StagedRemovalView, stagedDecisionSchema, stagedQuerySchema } from '../contract/provisioning.ts';
import type { Application } from '../store/application-contract.ts';
import { readName } from './application-object.ts';
import type { AdminContext } from './context.ts';
import { findApplication } from './find-application.ts';
import { iso } from './iso.ts';
import { Problem } from './problem.ts';

interface ByName {
  readonly Params: { readonly application: string };
}

/** Removals that the guard holds until a person decides: list, allow, reject; all of them, or those named. */
export async function provisioningStaged(api: FastifyInstance, context: AdminContext): Promise<void> {
  const { store, provisioning } = context;

  api.get<ByName>('/applications/:application/staged', async (request) => {
    const { limit, state } = stagedQuerySchema.parse(request.query);
    const { key } = await findApplication(context, request.params.application);
    const journal = store.applications.journal(key);
    const [total, staged] = await Promise.all([journal.countStaged(), journal.listStaged(state, limit)]);
    return { total, staged: staged.map(stagedView) };
  });

  for (const decision of ['allow', 'reject'] as const) {
    api.post<ByName>(
      `/applications/:application/staged/${decision}`,
      { config: { role: 'operator' } },
      async (request) => {
        const { objects } = stagedDecisionSchema.parse(request.body ?? {});
        const application = await findApplication(context, request.params.application);
        const keys = objects === undefined ? 'all' : await chosen(context, application, objects);
        const decided = await provisioning.decide(application, decision, keys);
        return { decided, waiting: await store.applications.journal(application.key).countStaged() };
      },
    );
  }
}

// Among what waits, not in the directory: what is to be removed may be gone from there.
async function chosen(
  { store }: AdminContext,
  { key, slug }: Application,
  names: readonly string[],
): Promise<ObjectKey[]> {
  const waiting = await store.applications.journal(key).listStaged('waiting', Number.MAX_SAFE_INTEGER);
  return names.map((name) => {
    const { types, text } = readName(name);
    const wanted = text.toLowerCase();
    const found = waiting.filter(
      ({ type, id, label }) => types.includes(type) && (id === text || label.toLowerCase() === wanted),
    );
    const [first, ...others] = found.some(({ id }) => id === text) ? found.filter(({ id }) => id === text) : found;
    if (first === undefined) {
      const detail = `No removal of "${name}" waits; rollcall application staged ${slug} shows which do.`;
      throw new Problem('not-found', detail);
    }
    if (others.length > 0) {
      throw new Problem('invalid-request', `Several that wait are called "${name}"; name the one by its id.`);
    }
    return { type: first.type, id: first.id };
  });
}

const stagedView = ({ type, id, label, action, reason, at, state }: StagedRemoval): StagedRemovalView => ({
  type,
  id,
  label,
  action,
  reason,
  date: iso(at),
  state,
});
