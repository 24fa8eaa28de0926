import { isArray, type Json, type JsonObject } from '../json.ts';
import type { ResourceType } from '../schema/resource-type.ts';
import type { Draft } from './document.ts';
import { schemasOf } from './extension.ts';

/**
 * A draft as a document: `schemas` by what is in it, core attributes, then extension containers. `schemas` that name the
 * same URNs in another order stay as they were.
 */
export function finish(type: ResourceType, draft: Draft, former: Json | undefined): JsonObject {
  const urns = schemasOf(type, draft);
  const same = isArray(former) && former.length === urns.length && urns.every((urn) => former.includes(urn));
  const entries = Object.entries(draft).filter(([name]) => name !== 'schemas');
  const isContainer = (name: string): boolean => type.extensionsByUrn.has(name.toLowerCase());
  return Object.fromEntries([
    ['schemas', same ? former : urns],
    ...entries.filter(([name]) => !isContainer(name)),
    ...entries.filter(([name]) => isContainer(name)),
  ]);
}
