import type { Json } from '@rollcall/scim';
import { z } from 'zod';
import { jsonSchema } from '../contract/json.ts';
import type { Found } from './audit-routes.ts';
import type { AdminContext } from './context.ts';
import { findIdentityServer } from './find-identity-server.ts';
import { findResourceType } from './find-resource-type.ts';

const made = z.looseObject({ id: z.string(), userName: z.string().optional(), displayName: z.string().optional() });
const operation = z.record(z.string(), z.unknown());
const operations = z.array(operation);

/** Which resource a write is about, before it is gone: its type, id and name. Errors: `not-found`. */
export async function findAuditedResource(
  context: AdminContext,
  parameters: Readonly<Record<string, string>>,
): Promise<Json> {
  const server = findIdentityServer(context.registry, parameters.server ?? '');
  const { name } = findResourceType(context, server, parameters.type ?? '');
  const stored = await context.store.byId(server.key, name, parameters.id ?? '');
  return { type: name, ...(stored === undefined ? {} : { id: stored.id, label: stored.label }) };
}

/** What was written, by the names of attributes: values may be anybody's passwords. */
export function writtenResource(request: unknown, answer: unknown, { before }: Found): Json {
  const { data } = made.safeParse(answer);
  return jsonSchema.parse({
    ...(data === undefined ? {} : { id: data.id, label: data.userName ?? data.displayName ?? '' }),
    ...(typeof before === 'object' ? before : {}),
    ...(request === undefined ? {} : { attributes: namesIn(request) }),
  });
}

function namesIn(request: unknown): string[] {
  const body = operation.parse(request);
  const list = Object.entries(body).find(([name]) => name.toLowerCase() === 'operations')?.[1];
  const patch = operations.safeParse(list);
  const names = patch.success ? patch.data.flatMap(namesOfOperation) : Object.keys(body);
  // A path may quote values in its filter: its beginning says which attribute it is.
  return [...new Set(names.map((name) => name.split('[')[0] ?? name))].filter((name) => name !== 'schemas');
}

function namesOfOperation(given: Readonly<Record<string, unknown>>): string[] {
  const { path, value } = Object.fromEntries(Object.entries(given).map(([name, part]) => [name.toLowerCase(), part]));
  if (typeof path === 'string' && path !== '') return [path];
  return typeof value === 'object' && value !== null ? Object.keys(value) : [];
}
