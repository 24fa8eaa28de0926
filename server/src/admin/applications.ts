import { defaultMappings } from '@rollcall/provisioning';
import type { FastifyInstance } from 'fastify';
import {
  type ApplicationChanges,
  applicationChangesSchema,
  type NewApplication,
  newApplicationSchema,
} from '../contract/application.ts';
import { slugOf } from '../contract/slug.ts';
import type { Application } from '../store/application-contract.ts';
import type { IdentityServer } from '../store/contract.ts';
import { changedConnection, newConnection, saveWithSecret } from './application-connection.ts';
import type { ApplicationRemoval } from './application-removal.ts';
import { changedSettings, defaultApplicationSettings, NEW_JOB } from './application-settings.ts';
import { applicationView } from './application-view.ts';
import type { AdminContext } from './context.ts';
import { findApplication } from './find-application.ts';
import { findIdentityServer } from './find-identity-server.ts';
import { Problem } from './problem.ts';

const SECOND = 1000;

interface ByName {
  readonly Params: { readonly application: string };
}

/** `/api/applications`: list, add, show, change, remove. `{application}` is a slug or an id. */
export async function applications(
  api: FastifyInstance,
  context: AdminContext,
  removal: ApplicationRemoval,
): Promise<void> {
  const { registry, store, provisioning } = context;
  const view = (application: Application) => applicationView(context, application);
  const current = async (name: string) => view(await findApplication(context, name));

  api.get('/applications', async () => {
    const all = await store.applications.list();
    return { applications: await Promise.all(all.map(view)) };
  });

  api.post('/applications', async (request, reply) => {
    const input = newApplicationSchema.parse(request.body);
    const id = await registry.change(() => add(context, input));
    const added = await current(id);
    return reply.code(201).header('location', `/api/applications/${added.slug}`).send(added);
  });

  api.get<ByName>('/applications/:application', async (request) => {
    const { application: name } = request.params;
    const removing = (await store.applications.list()).find((one) => one.id === name && one.removing);
    return view(removing ?? (await findApplication(context, name)));
  });

  api.patch<ByName>('/applications/:application', async (request) => {
    const changes = applicationChangesSchema.parse(request.body);
    const { id, key } = await findApplication(context, request.params.application);
    await registry.change(() => change(context, id, changes));
    provisioning.changed(key);
    return current(id);
  });

  api.delete<ByName>('/applications/:application', async (request, reply) => {
    const found = await findApplication(context, request.params.application);
    await provisioning.stop(found);
    const removing = await registry.change(async () => {
      const application = await findApplication(context, found.id);
      // Its name is free for another at once, and nothing signs in at its target any more.
      const gone = { ...application, slug: `removing-${found.id}`, removing: true, modified: context.now() };
      await saveWithSecret(context, gone, null);
      return gone;
    });
    const answer = await view(removing);
    // Whoever has worked for it stops.
    provisioning.changed(found.key);
    removal.begin(found.key);
    return reply.code(202).send(answer);
  });
}

async function add(context: AdminContext, input: NewApplication): Promise<string> {
  const { store, config } = context;
  const directory = chooseDirectory(context, input.directory);
  const taken = new Set((await store.applications.list()).map(({ slug }) => slug));
  const slug = input.slug ?? slugOf(input.name, (candidate) => taken.has(candidate), 'application');
  if (taken.has(slug)) throw slugTaken(slug);
  const now = context.now();
  const { connection, secret } =
    input.connection === undefined ? { connection: null, secret: undefined } : newConnection(input.connection);
  const added = await store.applications.add({
    id: context.newId(),
    slug,
    name: input.name,
    directory: directory.key,
    connection,
    settings: changedSettings(defaultApplicationSettings(config.provisioningInterval * SECOND), input.settings),
    mappings: defaultMappings(),
    profile: null,
    job: NEW_JOB,
    created: now,
    modified: now,
  });
  if (typeof secret === 'string') await saveWithSecret(context, added, secret);
  return added.id;
}

function chooseDirectory({ registry }: AdminContext, name: string | undefined): IdentityServer {
  if (name !== undefined) return findIdentityServer(registry, name);
  const present = registry.identityServers().filter(({ removing }) => !removing);
  const directory = registry.byDefault() ?? (present.length === 1 ? present[0] : undefined);
  if (directory !== undefined) return directory;
  const detail =
    present.length === 0
      ? 'There is no identity server to take users and groups from; make one: rollcall identity-server add.'
      : `Choose the directory: ${present.map(({ slug }) => slug).join(', ')}.`;
  throw new Problem('invalid-request', `directory: ${detail}`, { field: 'directory' });
}

async function change(context: AdminContext, id: string, changes: ApplicationChanges): Promise<void> {
  const { store } = context;
  const application = await findApplication(context, id);
  const { slug = application.slug, name = application.name } = changes;
  const others = (await store.applications.list()).filter((other) => other.id !== id);
  if (others.some((other) => other.slug === slug)) throw slugTaken(slug);
  const { connection, secret } =
    changes.connection === undefined
      ? { connection: application.connection, secret: undefined }
      : changedConnection(application.connection, changes.connection);
  const settings = changedSettings(application.settings, changes.settings);
  const changed = { ...application, slug, name, settings, connection, modified: context.now() };
  await saveWithSecret(context, changed, secret);
  // What was found out belongs to the target that was tested.
  if (connection?.baseUrl !== application.connection?.baseUrl) await store.applications.saveProfile(changed.key, null);
}

const slugTaken = (slug: string) =>
  new Problem('already-exists', `The slug "${slug}" is taken; choose another with slug.`, { field: 'slug' });
