import type { ObjectKey, ObjectType } from '@rollcall/provisioning';
import { z } from 'zod';
import type { IdentityServer } from '../store/contract.ts';
import type { AdminContext } from './context.ts';
import { Problem } from './problem.ts';

const page = z.looseObject({ Resources: z.array(z.looseObject({ id: z.string() })).default([]) });

/** Attributes that people name an object by, in the order in which they are tried. */
const NAMES = { User: ['userName', 'externalId'], Group: ['displayName', 'externalId'] } as const;
const ENDPOINTS = { User: '/Users', Group: '/Groups' } as const;

/** An object of the directory, with what people call it. */
export interface NamedObject extends ObjectKey {
  readonly label: string;
}

/**
 * The user or group that is meant by `user:anna@example.com`, `group:Sales`, an id, or, where `type` is given, a name
 * alone. Errors: `not-found`; `invalid-request` when several have the name.
 */
export async function findObject(
  context: AdminContext,
  directory: IdentityServer,
  name: string,
  type?: ObjectType,
): Promise<NamedObject> {
  const { types, text } = readName(name, type);
  for (const one of types) {
    const resource = await context.store.byId(directory.key, one, text);
    if (resource !== undefined) return { type: one, id: resource.id, label: resource.label };
  }
  for (const one of types) {
    for (const attribute of NAMES[one]) {
      const [found, ...others] = await named(context, directory, one, attribute, text);
      if (others.length > 0) {
        throw new Problem('invalid-request', `Several have the ${attribute} "${text}"; name the one by its id.`);
      }
      if (found !== undefined) return labelled(context, directory, { type: one, id: found });
    }
  }
  const kind = types.length > 1 ? 'user or group' : (types[0] ?? '').toLowerCase();
  throw new Problem('not-found', `${directory.slug} has no ${kind} "${text}": no such id, name or externalId.`);
}

/** Those of the objects that exist, by type and id, with what people call them. */
export async function labelsOf(
  context: AdminContext,
  directory: IdentityServer,
  keys: readonly ObjectKey[],
): Promise<ReadonlyMap<string, string>> {
  const labels = new Map<string, string>();
  for (const type of ['User', 'Group'] as const) {
    const ids = keys.filter((key) => key.type === type).map(({ id }) => id);
    if (ids.length === 0) continue;
    for (const { id, label } of await context.store.byIds(directory.key, type, ids)) labels.set(id, label);
  }
  return labels;
}

/** Reads `user:NAME`, `group:NAME` or a bare name. */
export function readName(name: string, type?: ObjectType): { types: readonly ObjectType[]; text: string } {
  const [, prefix, rest] = /^(user|group):(.+)$/is.exec(name) ?? [];
  const said = prefix === undefined ? undefined : prefix.toLowerCase() === 'user' ? 'User' : 'Group';
  if (said === undefined) return { types: type === undefined ? ['User', 'Group'] : [type], text: name };
  if (type !== undefined && said !== type) {
    throw new Problem('invalid-request', `"${name}" is no ${type.toLowerCase()}, and one is meant here.`);
  }
  return { types: [said], text: rest ?? '' };
}

async function named(
  context: AdminContext,
  directory: IdentityServer,
  type: ObjectType,
  attribute: string,
  value: string,
): Promise<string[]> {
  const query = new URLSearchParams({
    filter: `${attribute} eq ${JSON.stringify(value)}`,
    attributes: 'id',
    count: '2',
  }).toString();
  const { status, body } = await context.scim(directory, { method: 'GET', path: ENDPOINTS[type], query });
  if (status !== 200)
    throw new Problem('scim-error', 'The directory cannot be searched now; name it by its id.', { status });
  return page.parse(JSON.parse(body)).Resources.map(({ id }) => id);
}

async function labelled(context: AdminContext, directory: IdentityServer, key: ObjectKey): Promise<NamedObject> {
  const labels = await labelsOf(context, directory, [key]);
  return { ...key, label: labels.get(key.id) ?? key.id };
}
