import type { FastifyInstance } from 'fastify';
import { hashPassword, newPassword } from '../auth/password.ts';
import {
  type CredentialsView,
  defaultSettings,
  type IdentityServerChanges,
  identityServerChangesSchema,
  type NewIdentityServer,
  newCredentialsSchema,
  newIdentityServerSchema,
  settingsSchema,
} from '../contract/identity-server.ts';
import { slugOf } from '../contract/slug.ts';
import { reindex } from '../provider/reindex.ts';
import type { IdentityServer, IdentityServerSettings, Settings } from '../store/contract.ts';
import type { AdminContext } from './context.ts';
import { findIdentityServer } from './find-identity-server.ts';
import { identityServerView } from './identity-server-view.ts';
import { Problem } from './problem.ts';
import type { Removal } from './removal.ts';

interface ById {
  readonly Params: { readonly server: string };
}

/** `/api/identity-servers`: list, add, show, change, remove; Basic credentials. `{server}` is a slug or an id. */
export async function identityServers(api: FastifyInstance, context: AdminContext, removal: Removal): Promise<void> {
  const { registry } = context;
  const view = (server: IdentityServer) => identityServerView(server, context.publicUrl());
  const current = (id: string) => view(findIdentityServer(registry, id));

  api.get('/identity-servers', async () => ({ identityServers: registry.identityServers().map(view) }));

  api.post('/identity-servers', async (request, reply) => {
    const input = newIdentityServerSchema.parse(request.body);
    const id = await registry.change((settings) => add(context, settings, input));
    const added = current(id);
    return reply.code(201).header('location', `/api/identity-servers/${added.slug}`).send(added);
  });

  api.get<ById>('/identity-servers/:server', async (request) => {
    const { server } = request.params;
    const removing = registry.identityServers().find(({ id }) => id === server);
    return view(removing ?? findIdentityServer(registry, server));
  });

  api.patch<ById>('/identity-servers/:server', async (request) => {
    const changes = identityServerChangesSchema.parse(request.body);
    const before = findIdentityServer(registry, request.params.server);
    const { id } = before;
    await registry.change((settings) => settings.saveIdentityServer(changed(context, id, changes)));
    const after = findIdentityServer(registry, id);
    const catalogue = registry.catalogue(after);
    const duplicates = await reindex(
      context.store,
      after,
      { catalogue, settings: before.settings },
      { catalogue, settings: after.settings },
    );
    return { ...view(after), warnings: [...view(after).warnings, ...duplicates] };
  });

  api.post<ById>('/identity-servers/:server/credentials', async (request, reply) => {
    const { id, slug } = findIdentityServer(registry, request.params.server);
    const { userName = slug } = newCredentialsSchema.parse(request.body ?? {});
    const password = newPassword();
    const hash = await hashPassword(password);
    await registry.change((settings) => {
      const server = findIdentityServer(registry, id);
      return settings.saveIdentityServer({ ...server, basic: { userName, hash }, modified: context.now() });
    });
    const credentials: CredentialsView = { userName, password };
    return reply.code(201).send(credentials);
  });

  api.delete<ById>('/identity-servers/:server', async (request, reply) => {
    const { id, key } = findIdentityServer(registry, request.params.server);
    await registry.change(async (settings) => {
      const server = findIdentityServer(registry, id);
      await refuseDirectory(context, server);
      // Its name in the URL is free for another at once.
      const gone = { slug: `removing-${id}`, active: false, isDefault: false, removing: true };
      return settings.saveIdentityServer({ ...server, ...gone, modified: context.now() });
    });
    removal.begin(key);
    const server = registry.byKey(key);
    return reply.code(202).send(server === undefined ? undefined : view(server));
  });
}

async function add(context: AdminContext, settings: Settings, input: NewIdentityServer): Promise<string> {
  const { registry } = context;
  const isTaken = (slug: string) => registry.bySlug(slug) !== undefined;
  const slug = input.slug ?? slugOf(input.name, isTaken);
  if (isTaken(slug)) throw slugTaken(slug);
  const now = context.now();
  const server = await settings.addIdentityServer({
    id: context.newId(),
    slug,
    name: input.name,
    active: input.active ?? true,
    isDefault: input.default ?? false,
    settings: mergedSettings(defaultSettings(input.compatibility), input),
    basic: null,
    created: now,
    modified: now,
  });
  return server.id;
}

function changed(context: AdminContext, id: string, changes: IdentityServerChanges): IdentityServer {
  const server = findIdentityServer(context.registry, id);
  const holder = changes.slug === undefined ? undefined : context.registry.bySlug(changes.slug);
  if (holder !== undefined && holder.id !== id) throw slugTaken(holder.slug);
  return {
    ...server,
    name: changes.name ?? server.name,
    slug: changes.slug ?? server.slug,
    active: changes.active ?? server.active,
    isDefault: changes.default ?? server.isDefault,
    settings: mergedSettings(server.settings, changes),
    modified: context.now(),
  };
}

/** An identity server that applications are provisioned from stays: without it, everybody would seem to have left. */
async function refuseDirectory({ store }: AdminContext, { key, slug }: IdentityServer): Promise<void> {
  const dependent = (await store.applications.list()).filter(({ directory }) => directory === key);
  if (dependent.length === 0) return;
  const names = dependent.map((one) => (one.removing ? `"${one.name}" (being removed)` : `"${one.name}"`)).join(', ');
  throw new Problem('in-use', `"${slug}" is the directory of ${names}; remove these applications first.`);
}

function mergedSettings(current: IdentityServerSettings, changes: IdentityServerChanges): IdentityServerSettings {
  const merged = settingsSchema.strip().parse({ ...current, ...changes });
  if (merged.defaultPageSize > merged.maxPageSize) {
    const detail = `defaultPageSize (${merged.defaultPageSize}) must not exceed maxPageSize (${merged.maxPageSize}).`;
    throw new Problem('invalid-request', detail, { field: 'defaultPageSize' });
  }
  return merged;
}

const slugTaken = (slug: string) =>
  new Problem('already-exists', `The slug "${slug}" is taken; choose another with slug.`, { field: 'slug' });
