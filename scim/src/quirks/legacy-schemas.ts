import { invalidSyntax } from '../error.ts';
import { isArray, type Json } from '../json.ts';
import type { Rules } from '../rules.ts';
import type { ResourceType } from '../schema/resource-type.ts';
import { note } from './note.ts';

const NAME = 'legacy-schemas';

/**
 * Checks the `schemas` of a body (RFC 7643 §3: an array that names the base schema). Strict rules refuse a body without
 * it. Tolerant ones only note what is odd: WSO2's suite and templates of administrators leave `schemas` out, OneLogin's
 * template carries `urn:scim:schemas:core:2.0`, Entra's documented group a URI of Microsoft's. A URI that the resource
 * type does not have is noted and ignored in both.
 */
export function checkSchemas(type: ResourceType, value: Json | undefined, rules: Rules): void {
  const declared = isArray(value) ? value : [];
  const named = declared.some((urn) => typeof urn === 'string' && urn.toLowerCase() === type.schema.id.toLowerCase());
  if (!named && rules.compatibility === 'strict') {
    throw invalidSyntax(`schemas must be an array that holds '${type.schema.id}'.`);
  }
  if (!named) note(rules, NAME, `schemas does not hold '${type.schema.id}'`);
  for (const urn of declared) {
    if (typeof urn !== 'string') throw invalidSyntax('schemas must be an array of URIs.');
    if (!isKnown(type, urn)) note(rules, NAME, `schemas holds '${urn}'`);
  }
}

function isKnown(type: ResourceType, urn: string): boolean {
  const name = urn.toLowerCase();
  return name === type.schema.id.toLowerCase() || type.extensionsByUrn.has(name);
}
