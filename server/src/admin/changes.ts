import type { FastifyInstance } from 'fastify';
import { type ChangeListView, type ChangeView, changeQuerySchema } from '../contract/change.ts';
import type { Change } from '../store/contract.ts';
import type { AdminContext } from './context.ts';
import { findIdentityServer } from './find-identity-server.ts';
import { iso } from './iso.ts';
import { Problem } from './problem.ts';

interface ByServer {
  readonly Params: { readonly server: string };
}

/**
 * `GET /api/identity-servers/{server}/changes?after=N&wait=30`: the change feed, waiting for a change when there is
 * none. A position that is no longer kept is `feed-expired`: its reader reads all resources and begins at the newest.
 */
export async function changes(api: FastifyInstance, context: AdminContext): Promise<void> {
  const { registry, store } = context;
  const stopping = new AbortController();
  api.addHook('preClose', async () => stopping.abort());

  api.get<ByServer>('/identity-servers/:server/changes', async (request): Promise<ChangeListView> => {
    const { after, limit, wait } = changeQuerySchema.parse(request.query);
    const { key } = findIdentityServer(registry, request.params.server);
    await refuseExpired(context, key, after);
    let found = await store.changes.after(key, after, limit);
    if (found.length === 0 && wait > 0) {
      const gone = new AbortController();
      request.raw.once('close', () => gone.abort());
      await store.changes.wait(key, wait * 1000, AbortSignal.any([stopping.signal, gone.signal]));
      found = await store.changes.after(key, after, limit);
    }
    return { changes: found.map(changeView), next: found.at(-1)?.n ?? after };
  });
}

async function refuseExpired(context: AdminContext, server: number, after: number): Promise<void> {
  const { oldest, newest } = await context.store.changes.bounds(server);
  // A position ahead of the feed was given out by a database that a restore has replaced.
  if (after === 0 || (after >= oldest && after <= newest)) return;
  const why = after > newest ? `The feed ends at ${newest}` : `Changes before position ${oldest} are no longer kept`;
  const detail = `${why}. Read all resources again, then go on from after=${newest}.`;
  throw new Problem('feed-expired', detail, { field: 'after' });
}

/** A change as the admin API shows it. */
export function changeView(change: Change): ChangeView {
  const { n, at, kind, type, id, externalId, label, attributes, membersAdded, membersRemoved } = change;
  return {
    n,
    date: iso(at),
    kind,
    type,
    id,
    externalId: externalId ?? null,
    label,
    ...(attributes === undefined ? {} : { attributes: [...attributes] }),
    ...(membersAdded === undefined ? {} : { membersAdded: [...membersAdded] }),
    ...(membersRemoved === undefined ? {} : { membersRemoved: [...membersRemoved] }),
  };
}
