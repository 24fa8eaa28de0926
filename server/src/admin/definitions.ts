import type { FastifyInstance } from 'fastify';
import type { Registry } from '../auth/registry.ts';
import {
  type DefinitionListView,
  type DefinitionView,
  definitionJsonSchema,
  definitionRemovalSchema,
} from '../contract/definition.ts';
import { reindex } from '../provider/reindex.ts';
import { catalogueOf } from '../store/catalogue-of.ts';
import type { AddedDefinition, IdentityServer } from '../store/contract.ts';
import type { AdminContext } from './context.ts';
import { countUses } from './definition-use.ts';
import { findIdentityServer } from './find-identity-server.ts';
import { Problem } from './problem.ts';
import { readDefinitions } from './read-definitions.ts';

interface ByServer {
  readonly Params: { readonly server: string };
}

interface ByName {
  readonly Params: { readonly server: string; readonly name: string };
}

/** Schemas, extensions and resource types that an administrator adds to an identity server while it runs. */
export async function definitions(api: FastifyInstance, context: AdminContext): Promise<void> {
  const { registry } = context;
  const list = (added: readonly AddedDefinition[]): DefinitionListView => ({ definitions: added.map(definitionView) });

  api.get<ByServer>('/identity-servers/:server/definitions', async (request) =>
    list(registry.definitions(findIdentityServer(registry, request.params.server))),
  );

  api.post<ByServer>('/identity-servers/:server/definitions', async (request, reply) => {
    const before = rulesOf(registry, findIdentityServer(registry, request.params.server));
    const { id, key } = before.server;
    const added = readDefinitions(key, request.body);
    await registry.change(async (settings) => {
      const present = registry.definitions(findIdentityServer(registry, id));
      refuseTwice(present, added);
      catalogueOf([...present, ...added]);
      for (const definition of added) await settings.saveDefinition(definition);
    });
    const after = rulesOf(registry, findIdentityServer(registry, id));
    const warnings = await reindex(context.store, after.server, before, after);
    return reply.code(201).send({ ...list(added), warnings });
  });

  api.delete<ByName>('/identity-servers/:server/definitions/:name', async (request) => {
    const { force } = definitionRemovalSchema.parse(request.query);
    const before = rulesOf(registry, findIdentityServer(registry, request.params.server));
    const { server } = before;
    const removed = named(registry.definitions(server), request.params.name);
    if (force !== 'true') await refuseInUse(context, server, removed);
    await registry.change(async (settings) => {
      const remaining = registry.definitions(server).filter((present) => !isOneOf(removed, present));
      refuseDependent(remaining, removed);
      for (const { definition: _, ...name } of removed) await settings.removeDefinition(name);
    });
    const after = rulesOf(registry, findIdentityServer(registry, server.id));
    await reindex(context.store, after.server, before, after);
    return list(removed);
  });
}

const rulesOf = (registry: Registry, server: IdentityServer) => ({
  server,
  catalogue: registry.catalogue(server),
  settings: server.settings,
});

const definitionView = (added: AddedDefinition): DefinitionView => ({
  kind: added.kind,
  name: added.name,
  definition: definitionJsonSchema.parse(JSON.parse(added.definition)),
});

const same = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();

const isOneOf = (list: readonly AddedDefinition[], one: AddedDefinition): boolean =>
  list.some((other) => other.kind === one.kind && same(other.name, one.name));

function refuseTwice(present: readonly AddedDefinition[], added: readonly AddedDefinition[]): void {
  const twice = added.find((definition) => isOneOf(present, definition));
  if (twice === undefined) return;
  throw new Problem('already-exists', `${twice.name} is there already; remove it first to replace it.`);
}

/** What goes when `name` is removed: a resource type, or a schema and what it extends. Extensions go first. */
function named(present: readonly AddedDefinition[], name: string): AddedDefinition[] {
  const extensions = present.filter(
    ({ kind, name: own }) => kind === 'extension' && same(own.split(' ')[1] ?? '', name),
  );
  const others = present.filter(({ kind, name: own }) => kind !== 'extension' && same(own, name));
  if (others.length > 0) return [...extensions, ...others];
  throw new Problem('not-found', `Nothing named ${name} was added to this identity server.`);
}

async function refuseInUse(context: AdminContext, server: IdentityServer, removed: readonly AddedDefinition[]) {
  for (const definition of removed) {
    const uses = await countUses(context, server, definition);
    if (uses === 0) continue;
    const way = 'To remove it all the same and leave its data out of answers: --force, or force=true in the API.';
    throw new Problem('in-use', `${sentence(uses)} ${way}`);
  }
}

function sentence(uses: number | undefined): string {
  if (uses === undefined) return 'Counting the resources that use it takes too long.';
  return uses === 1 ? 'One resource uses it.' : `${uses} resources use it.`;
}

// What is left must still fit together: a resource type may need the schema that goes.
function refuseDependent(remaining: readonly AddedDefinition[], removed: readonly AddedDefinition[]): void {
  try {
    catalogueOf(remaining);
  } catch (error) {
    const cause = error instanceof Error ? error.message : String(error);
    const name = removed.at(-1)?.name ?? '';
    throw new Problem('in-use', `Another definition needs ${name}: ${cause}`);
  }
}
