import {
  type Catalogue,
  createCatalogue,
  type Json,
  parseResourceTypeDefinition,
  parseSchemaDefinition,
} from '@rollcall/scim';
import { z } from 'zod';
import type { AddedDefinition } from './contract.ts';

const extension = z.strictObject({ resourceType: z.string(), schema: z.string(), required: z.boolean() });

/** The catalogue of an identity server to which these definitions were added: the core alone when there are none. */
export function catalogueOf(definitions: readonly AddedDefinition[]): Catalogue {
  const ofKind = (kind: AddedDefinition['kind']): Json[] =>
    definitions.filter((added) => added.kind === kind).map((added) => JSON.parse(added.definition));
  return createCatalogue({
    schemas: ofKind('schema').map((json) => parseSchemaDefinition(json)),
    resourceTypes: ofKind('resourceType').map((json) => parseResourceTypeDefinition(json)),
    extensions: ofKind('extension').map((json) => extension.parse(json)),
  });
}
