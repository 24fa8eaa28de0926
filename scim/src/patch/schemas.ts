import { invalidValue, mutability } from '../error.ts';
import { isArray, type Json } from '../json.ts';
import type { ResourceType } from '../schema/resource-type.ts';
import type { PatchContext } from './context.ts';
import type { Draft } from './document.ts';
import { removeExtension, schemasOf } from './extension.ts';
import type { PatchOperation } from './operation.ts';
import { type AttributeTarget, select } from './select.ts';

/**
 * Applies an operation on `schemas`, which always says what is in the document (RFC 7643 §3). To add or replace URNs
 * therefore changes nothing by itself; to remove that of an extension removes the extension's attributes.
 *
 * @throws invalidValue for what is no URN, and in strict rules for one that the resource type does not have; mutability
 * for the base schema.
 */
export function applySchemas(
  type: ResourceType,
  draft: Draft,
  operation: PatchOperation,
  target: AttributeTarget,
  context: PatchContext,
): void {
  const urns = schemasOf(type, draft);
  if (operation.op !== 'remove') {
    const given = listedUrns(operation.value ?? []);
    if (operation.op === 'replace' && given.length === 0)
      throw mutability('schemas is required and cannot be removed.');
    for (const urn of given) checkKnown(type, urn, context);
    return;
  }
  const selected = [...select(target, urns, context)].map((at) => urns[at]);
  const listed = target.filter === undefined ? listedUrns(operation.value ?? [...urns]) : selected;
  for (const urn of listed) {
    if (urn === undefined) continue;
    if (urn.toLowerCase() === type.schema.id.toLowerCase()) throw mutability(`schemas must keep '${type.schema.id}'.`);
    removeExtension(type, draft, urn);
  }
}

function listedUrns(value: Json): readonly string[] {
  const urns = isArray(value) ? value : [value];
  return urns.map((urn) => {
    if (typeof urn !== 'string') throw invalidValue('schemas must be an array of URNs.');
    return urn;
  });
}

function checkKnown(type: ResourceType, urn: string, { rules }: PatchContext): void {
  if (rules.compatibility === 'tolerant') return;
  if (urn.toLowerCase() === type.schema.id.toLowerCase() || type.extensionsByUrn.has(urn.toLowerCase())) return;
  throw invalidValue(`schemas: '${urn.slice(0, 200)}' is not a schema of ${type.name}.`);
}
