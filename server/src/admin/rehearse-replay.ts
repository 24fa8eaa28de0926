import { isObject, type Json, type JsonObject } from '@rollcall/scim';
import type { ReplayView } from '../contract/replay.ts';
import type { IdentityServer, NewChange, Store } from '../store/contract.ts';
import { type ChangedPath, changedPaths } from './changed-paths.ts';
import type { AdminContext, ScimAnswer, ScimCall } from './context.ts';

/** Members and other resources that are told one by one. */
const TOLD = 100;

type Effect = Pick<ReplayView, 'before' | 'after' | 'changes' | 'membersAdded' | 'membersRemoved' | 'others'>;

/** What a call would do now: it is made where nothing of it stays. */
export async function rehearseReplay(
  context: AdminContext,
  server: IdentityServer,
  call: ScimCall,
): Promise<Effect & { readonly answer: ScimAnswer }> {
  // A search would keep the writers waiting, and changes nothing.
  if (call.method === 'GET' || call.path.endsWith('/.search')) {
    return { ...NOTHING, answer: await context.scim(server, call) };
  }
  return context.store.rehearse(async ({ store, changes }) => {
    const answer = await context.scim(server, call, store);
    const path = resourcePath(call, answer);
    // What is stored outside of the rehearsal was there before; also whom a POST has brought back.
    const before = await readResource(context, server, path, context.store);
    const after = await readResource(context, server, path, store);
    return { answer, before, after, ...toldOf(changes, before, after, path?.split('/')[2]) };
  });
}

const NOTHING: Effect = { before: null, after: null, changes: [], membersAdded: 0, membersRemoved: 0, others: [] };

/** Path of the one resource that a call is about; undefined when there is none, or a POST has not made it. */
export function resourcePath({ method, path }: ScimCall, { status, body }: ScimAnswer): string | undefined {
  const segments = path.split('/').slice(1);
  if (segments.length === 2) return path;
  if (segments.length !== 1 || method !== 'POST' || status !== 201) return undefined;
  const made: Json = JSON.parse(body);
  return isObject(made) && typeof made.id === 'string' ? `${path}/${made.id}` : undefined;
}

/** As it is now, without its members, which may be a million; null when there is none. */
export async function readResource(
  context: AdminContext,
  server: IdentityServer,
  path: string | undefined,
  store: Store,
): Promise<JsonObject | null> {
  if (path === undefined) return null;
  const call = { method: 'GET', path, query: 'excludedAttributes=members' };
  const { status, body } = await context.scim(server, call, store);
  if (status !== 200) return null;
  const resource: Json = JSON.parse(body);
  return isObject(resource) ? resource : null;
}

function toldOf(
  changes: readonly NewChange[],
  before: JsonObject | null,
  after: JsonObject | null,
  id: string | undefined,
): Pick<Effect, 'changes' | 'membersAdded' | 'membersRemoved' | 'others'> {
  const own = changes.filter((change) => change.id === id);
  const added = own.flatMap(({ membersAdded }) => membersAdded ?? []);
  const removed = own.flatMap(({ membersRemoved }) => membersRemoved ?? []);
  const joined = added.map((member): ChangedPath => ({ path: pathOf(member), from: null, to: member }));
  const left = removed.map((member): ChangedPath => ({ path: pathOf(member), from: member, to: null }));
  return {
    changes: [...changedPaths(before, after), ...[...joined, ...left].slice(0, TOLD)].map((change) => ({ ...change })),
    membersAdded: added.length,
    membersRemoved: removed.length,
    others: changes
      .filter((change) => change.id !== id)
      .slice(0, TOLD)
      .map(({ type, id: other, label, kind }) => ({ type, id: other, label, kind })),
  };
}

const pathOf = (member: string): string => `members[value eq "${member}"]`;
