import {
  applyPatch,
  attributesOf,
  bindFilter,
  createCatalogue,
  formatFilter,
  type Json,
  type JsonObject,
  matches,
  parseFilter,
  parsePatch,
  parseProjection,
  parseQuery,
  parseSchemaDefinition,
  parseSort,
  project,
  type ResourceType,
  type Rules,
  readResource,
  ScimError,
} from '@rollcall/scim';
import type { Random } from '../harness/random.ts';
import { FUZZ_EXTENSION, FUZZ_SCHEMA, REQUIRED_EXTENSION, REQUIRED_SCHEMA } from './make/extension.ts';
import { randomFilter } from './make/filter.ts';
import { randomResource } from './make/json.ts';
import { randomPatch } from './make/patch.ts';
import { plausibleResource } from './make/plausible.ts';
import { randomQuery } from './make/query.ts';

const catalogue = createCatalogue({
  schemas: [FUZZ_EXTENSION, REQUIRED_EXTENSION].map((schema) => parseSchemaDefinition(schema)),
  extensions: [
    { resourceType: 'User', schema: FUZZ_SCHEMA, required: false },
    { resourceType: 'User', schema: REQUIRED_SCHEMA, required: true },
  ],
});
const IDS = ['00000000-0000-7000-8000-000000000001', '00000000-0000-7000-8000-000000000002'];
const SCHEMAS: Readonly<Record<string, string>> = {
  User: 'urn:ietf:params:scim:schemas:core:2.0:User',
  Group: 'urn:ietf:params:scim:schemas:core:2.0:Group',
};

/** Runs it, and lets pass what a client is told; everything else is a mistake of ours. */
function tried(run: () => void): 'done' | 'refused' {
  try {
    run();
    return 'done';
  } catch (error) {
    if (!(error instanceof ScimError) || (error.status !== 400 && error.status !== 413)) throw error;
    if (error.message === '') throw new Error('An error without a detail', { cause: error });
    return 'refused';
  }
}

function typeOf(random: Random): ResourceType {
  const type = catalogue.resourceTypes.get(random.chance(0.7) ? 'User' : 'Group');
  if (type === undefined) throw new Error('The core types are missing');
  return type;
}

/** A stored document to work on; most bodies that a fuzzer makes are refused, so it may be a plain one. */
function documentOf(random: Random, type: ResourceType, rules: Rules): JsonObject {
  const schema = SCHEMAS[type.name] ?? '';
  const body = random.chance(0.8)
    ? plausibleResource(random, type.name, schema, IDS)
    : randomResource(random, schema, IDS);
  let document: JsonObject = { schemas: [schema], userName: 'mira', displayName: 'Mira' };
  tried(() => {
    document = readResource(type, body, rules).document;
  });
  return document;
}

/** One random input for filter, PATCH, query and body, through the pure functions. Throws what is not a client's error. */
export function parserCase(random: Random): Record<string, 'done' | 'refused'> {
  const type = typeOf(random);
  const rules: Rules = { compatibility: random.chance(0.5) ? 'tolerant' : 'strict', notes: [] };
  const document = documentOf(random, type, rules);
  const filterText = randomFilter(random);
  const patchBody: Json = JSON.parse(JSON.stringify(randomPatch(random, type.name, IDS)));
  const queryText = randomQuery(random);
  const before = JSON.stringify(document);
  const outcomes = {
    filter: tried(() => {
      const filter = parseFilter(filterText, undefined, rules);
      const bound = bindFilter(filter, type, rules, random.chance(0.9) ? 'refuse' : 'absent');
      const result = matches(bound, document);
      attributesOf(bound);
      const again = bindFilter(parseFilter(formatFilter(filter), undefined, rules), type, rules, 'absent');
      if (matches(again, document) !== result) throw new Error(`Formatted, it means something else: ${filterText}`);
    }),
    patch: tried(() => {
      applyPatch(type, document, parsePatch(type, patchBody, rules), rules);
    }),
    query: tried(() => {
      const query = parseQuery(queryText);
      parseSort([type], query.sortBy, query.sortOrder);
      project(type, document, parseProjection(type, query.attributes, query.excludedAttributes));
    }),
  };
  if (JSON.stringify(document) !== before) throw new Error('The document was changed in place');
  return outcomes;
}
