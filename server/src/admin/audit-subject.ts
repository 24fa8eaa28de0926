import type { Json, JsonObject } from '@rollcall/scim';
import { jsonSchema } from '../contract/json.ts';
import { administratorView } from './administrator-view.ts';
import { applicationView } from './application-view.ts';
import type { AdminContext } from './context.ts';
import { identityServerView } from './identity-server-view.ts';
import { apiTokenView, tokenView } from './token-view.ts';

/** Something whose changes are recorded: its state is read before and after. The views never hold a secret. */
export interface AuditSubject {
  /** What it is called in the audit log: a slug, a user name, or the id of a token. */
  readonly name: string;
  /** Its state as JSON; null when it is not there (any more). */
  read(): Promise<Json | null>;
}

export type AuditSubjectKind = 'identityServer' | 'token' | 'apiToken' | 'administrator' | 'application' | 'mappings';

/** The thing of a slug or id; undefined when there is none. */
export async function findAuditSubject(
  context: AdminContext,
  kind: AuditSubjectKind,
  name: string,
): Promise<AuditSubject | undefined> {
  switch (kind) {
    case 'identityServer':
      return identityServer(context, name);
    case 'token':
      return { name, read: async () => plain(tokenState(context, name)) };
    case 'apiToken':
      return { name, read: async () => plain(apiTokenState(context, name)) };
    case 'administrator':
      return administrator(context, name);
    case 'application':
    case 'mappings':
      return application(context, kind, name);
  }
}

function identityServer(context: AdminContext, name: string): AuditSubject | undefined {
  const { registry } = context;
  const server = registry.bySlug(name) ?? registry.byId(name);
  if (server === undefined) return undefined;
  return {
    name: server.slug,
    async read() {
      const now = registry.byId(server.id);
      return now === undefined ? null : plain(identityServerView(now, context.publicUrl()));
    },
  };
}

async function administrator(context: AdminContext, id: string): Promise<AuditSubject | undefined> {
  const { administrators } = context.store;
  const found = await administrators.byId(id);
  if (found === undefined) return undefined;
  return {
    name: found.userName,
    async read() {
      const now = await administrators.byId(id);
      return now === undefined ? null : plain(administratorView(now));
    },
  };
}

async function application(
  context: AdminContext,
  kind: 'application' | 'mappings',
  name: string,
): Promise<AuditSubject | undefined> {
  const present = async () => (await context.store.applications.list()).filter(({ removing }) => !removing);
  const all = await present();
  const found = all.find(({ slug }) => slug === name) ?? all.find(({ id }) => id === name);
  if (found === undefined) return undefined;
  return {
    name: found.slug,
    async read() {
      const now = (await present()).find(({ id }) => id === found.id);
      if (now === undefined) return null;
      return plain(
        kind === 'mappings' ? now.mappings : { ...(await applicationView(context, now)), profile: undefined },
      );
    },
  };
}

const tokenState = (context: AdminContext, id: string) => {
  const token = context.registry.token(id);
  return token === undefined ? null : tokenView(context, token);
};

const apiTokenState = (context: AdminContext, id: string) => {
  const token = context.registry.apiToken(id);
  return token === undefined ? null : apiTokenView(context, token);
};

/** What changes by itself, or is made of the rest, says nothing about a change. */
const DERIVED = new Set([
  'warnings',
  'modifiedAt',
  'lastUsedAt',
  'lastUsedFrom',
  'lastSignInAt',
  'scimUrl',
  'defaultScimUrl',
]);

function plain(value: object | null): Json | null {
  if (value === null) return null;
  const kept = Object.entries(value).filter(([name, part]) => part !== undefined && !DERIVED.has(name));
  return jsonSchema.parse(JSON.parse(JSON.stringify(Object.fromEntries(kept))));
}

/** Of two states of one thing, the members that differ; of one that comes or goes, all. */
export function differing(before: Json | null, after: Json | null): { before: Json | null; after: Json | null } {
  if (!isObject(before) || !isObject(after)) return { before, after };
  const names = new Set([...Object.keys(before), ...Object.keys(after)]);
  const changed = [...names].filter((name) => JSON.stringify(before[name]) !== JSON.stringify(after[name]));
  return { before: pick(before, changed), after: pick(after, changed) };
}

export const isObject = (value: Json | null): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const pick = (value: JsonObject, names: readonly string[]): JsonObject =>
  Object.fromEntries(names.filter((name) => value[name] !== undefined).map((name) => [name, value[name] ?? null]));
