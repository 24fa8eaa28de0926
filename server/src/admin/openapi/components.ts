import type { Json, JsonObject } from '@rollcall/scim';
import { z } from 'zod';
import * as contract from '../../contract/index.ts';
import { jsonSchema } from '../../contract/json.ts';
import { ANY_JSON, type Direction, PLACE, tidySchema } from './tidy-schema.ts';

/** Schemas of a document by name, and references to them. */
export interface Components {
  readonly schemas: Readonly<Record<string, JsonObject>>;
  /** References to what it was made of. */
  answer(schema: z.ZodType): JsonObject;
  body(schema: z.ZodType): JsonObject;
}

export interface NamedSchema {
  readonly schema: z.ZodType;
  /** Where the contract has no name for it. */
  readonly name: string;
}

/** What is worth a name of its own; a text with a length is not. */
const NAMED_TYPES = new Set(['object', 'union', 'enum', 'record']);

/** What the contract calls a schema: `newTokenSchema` is `NewToken`. */
const CONTRACT_NAMES: ReadonlyMap<z.ZodType, string> = new Map(
  Object.entries(contract).flatMap(([name, value]): [z.ZodType, string][] => {
    if (!name.endsWith('Schema') || !(value instanceof z.ZodType) || !NAMED_TYPES.has(value.def.type)) return [];
    return [[value, name.slice(0, 1).toUpperCase() + name.slice(1, -'Schema'.length)]];
  }),
);

/** Makes the schemas of a document: answers refer to each other, each body is whole. */
export function componentsOf(answers: readonly NamedSchema[], bodies: readonly NamedSchema[]): Components {
  const answerNames = new Map(answers.map(({ schema, name }) => [schema, CONTRACT_NAMES.get(schema) ?? name]));
  const made = convert(new Map([...CONTRACT_NAMES, ...answerNames]), 'output');
  const used = reachable(made, [...answerNames.values()]);

  // What is both answered and sent differs in the two: answers are open, and what has a default may be left out.
  const bodyNames = new Map(
    bodies.map(({ schema, name }) => {
      const called = CONTRACT_NAMES.get(schema) ?? name;
      return [schema, used.has(called) ? `${called}Input` : called];
    }),
  );
  const schemas = {
    ...Object.fromEntries([...used].map((name) => [name, made[name] ?? {}])),
    ...convert(bodyNames, 'input'),
    [ANY_JSON]: { description: 'Any JSON value' },
  };
  return {
    schemas: Object.fromEntries(Object.entries(schemas).toSorted(([a], [b]) => (a < b ? -1 : 1))),
    answer: (schema) => ({ $ref: PLACE + answerNames.get(schema) }),
    body: (schema) => ({ $ref: PLACE + bodyNames.get(schema) }),
  };
}

function convert(names: ReadonlyMap<z.ZodType, string>, io: Direction): Record<string, JsonObject> {
  const registry = z.registry<{ id: string }>();
  registry.add(jsonSchema, { id: ANY_JSON });
  for (const [schema, id] of names) registry.add(schema, { id });
  const { schemas } = z.toJSONSchema(registry, { uri: (id) => PLACE + id, unrepresentable: 'any', io });
  return Object.fromEntries([...names.values()].map((id) => [id, tidySchema(schemas[id], io)]));
}

/** The names that can be come by from `from`, those included. */
function reachable(schemas: Readonly<Record<string, JsonObject>>, from: readonly string[]): ReadonlySet<string> {
  const found = new Set<string>();
  const waiting = [...from];
  for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
    if (found.has(id) || id === ANY_JSON) continue;
    found.add(id);
    waiting.push(...referencesIn(schemas[id] ?? {}));
  }
  return found;
}

function referencesIn(value: Json): string[] {
  if (Array.isArray(value)) return value.flatMap(referencesIn);
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, member]) =>
    key === '$ref' && typeof member === 'string' ? [member.slice(PLACE.length)] : referencesIn(member),
  );
}
