import { z } from 'zod';
import type { AddedDefinition, IdentityServer } from '../store/contract.ts';
import type { AdminContext } from './context.ts';

const page = z.looseObject({ totalResults: z.number() });

/** How many resources hold data of a definition; undefined when counting them takes too long. */
export async function countUses(
  context: AdminContext,
  server: IdentityServer,
  definition: AddedDefinition,
): Promise<number | undefined> {
  if (definition.kind === 'resourceType') return context.store.count(server.key, definition.name);
  if (definition.kind === 'schema') return 0;
  const [typeName = '', urn = ''] = definition.name.split(' ');
  const type = context.registry.catalogue(server).resourceTypes.get(typeName);
  if (type === undefined) return 0;
  const query = new URLSearchParams({ filter: `schemas eq ${JSON.stringify(urn)}`, count: '0' });
  const answer = await context.scim(server, { method: 'GET', path: type.endpoint, query: query.toString() });
  return answer.status === 200 ? page.parse(JSON.parse(answer.body)).totalResults : undefined;
}
