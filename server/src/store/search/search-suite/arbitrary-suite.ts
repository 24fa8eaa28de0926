import type {
  AttributeDefinition,
  ComparisonOperator,
  Filter,
  FilterValue,
  Json,
  JsonObject,
  ResourceType,
} from '@rollcall/scim';
import fc from 'fast-check';

// Few values, so that they meet: other case, other normal form, JSON's and SQL's special characters, above U+FFFF,
// letters that only folding makes equal, prefixes of each other.
const TEXTS = ['', 'a', 'A', 'ab', 'aB', 'b', 'ä', 'a\u0308', '\u0308', 'ſ', 's', 'ß', 'K', '\u212A', 'k'];
const MORE_TEXTS = [
  '"',
  '\\',
  "'",
  '%',
  '_',
  'a"b',
  'line\nbreak',
  '\uFFFF',
  '\u{10FFFF}',
  '\u{1F600}x',
  'Σς',
  'σσ',
  'İ',
  '12',
  'true',
];
const text = fc.constantFrom(...TEXTS, ...MORE_TEXTS);
const DATES = ['2026-03-01T08:00:00Z', '2026-03-01T10:00:00+02:00', '1969-12-31T23:59:59.999Z', '2023-11-14T22:13:20Z'];

const VALUES: Readonly<Record<string, fc.Arbitrary<string | number | boolean>>> = {
  string: text,
  reference: text,
  boolean: fc.boolean(),
  integer: fc.constantFrom(0, 1, -1, 2, 9, 10, 100),
  decimal: fc.constantFrom(0, 0.5, 1.5, -2, 10),
  dateTime: fc.constantFrom(...DATES),
  binary: fc.constantFrom('YQ==', 'YWI=', 'YQ'),
};

const EQUALITY: readonly ComparisonOperator[] = ['eq', 'ne'];
const ORDERED: readonly ComparisonOperator[] = [...EQUALITY, 'gt', 'ge', 'lt', 'le'];
const OPERATORS: Readonly<Record<string, readonly ComparisonOperator[]>> = {
  string: [...ORDERED, 'co', 'sw', 'ew'],
  reference: [...ORDERED, 'co', 'sw', 'ew'],
  boolean: EQUALITY,
  integer: ORDERED,
  decimal: ORDERED,
  dateTime: ORDERED,
  binary: EQUALITY,
};

function valuesOf({ type }: AttributeDefinition): fc.Arbitrary<string | number | boolean> {
  const values = VALUES[type];
  if (values === undefined) throw new Error(`No values of type ${type}`);
  return values;
}

const isStored = ({ name, mutability }: AttributeDefinition): boolean =>
  mutability !== 'readOnly' && !['schemas', 'members', 'password'].includes(name);

/** Documents of a resource type, but for what must be there. */
export function documentsOf(type: ResourceType): fc.Arbitrary<JsonObject> {
  const core = [...type.attributes.values()].filter(isStored);
  const containers = [...type.extensionsByUrn.values()].map(
    ({ urn, attributes }) => [urn, objectOf([...attributes.values()])] as const,
  );
  return fc
    .tuple(objectOf(core), fc.record(Object.fromEntries(containers), { requiredKeys: [] }))
    .map(([document, extensions]) => withoutHoles({ ...document, ...extensions }));
}

function objectOf(definitions: readonly AttributeDefinition[]): fc.Arbitrary<JsonObject> {
  const members = Object.fromEntries(definitions.map((definition) => [definition.name, attributeOf(definition)]));
  return fc.record(members, { requiredKeys: [] }).map(withoutHoles);
}

/** fast-check's type says that what is missing may be undefined; it is absent. */
function withoutHoles(found: Readonly<Record<string, Json | undefined>>): JsonObject {
  return Object.fromEntries(
    Object.entries(found).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
}

function attributeOf(definition: AttributeDefinition): fc.Arbitrary<Json> {
  const one: fc.Arbitrary<Json> =
    definition.type === 'complex' ? objectOf(definition.subAttributes ?? []) : valuesOf(definition);
  return definition.multiValued ? fc.array(one, { minLength: 1, maxLength: 3 }) : one;
}

/** Filters over all attributes of a resource type that can be filtered by, ids among `ids`. */
export function filtersOf(type: ResourceType, ids: readonly string[]): fc.Arbitrary<Filter> {
  const attributes = [...type.attributes.values()].filter(({ name }) => name !== 'password' && name !== 'schemas');
  const extended = [...type.extensionsByUrn.values()].flatMap(({ urn, attributes: own }) =>
    [...own.values()].map((definition) => ({ prefix: `${urn}:`, definition })),
  );
  const all = [...attributes.map((definition) => ({ prefix: '', definition })), ...extended];
  // What has an index comes up as often as all the rest.
  const indexed = all.filter(({ prefix, definition }) =>
    [...type.indexed, ...ROWS].some(({ text }) => text.split('.')[0] === prefix + definition.name),
  );
  const attribute = fc.oneof(fc.constantFrom(...all), fc.constantFrom(...indexed));
  const { filter } = fc.letrec<{ filter: Filter; leaf: Filter }>((tie) => ({
    leaf: attribute.chain(({ prefix, definition }) => leafOf(prefix, definition, ids)),
    filter: fc.oneof(
      { maxDepth: 3, withCrossShrink: true },
      tie('leaf'),
      fc.record({
        kind: fc.constantFrom('and' as const, 'or' as const),
        filters: fc.array(tie('filter'), { minLength: 2, maxLength: 3 }),
      }),
      fc.record({ kind: fc.constant('not' as const), filter: tie('filter') }),
    ),
  }));
  return filter;
}

const ROWS = [{ text: 'members' }, { text: 'groups' }, { text: 'id' }];

function leafOf(prefix: string, definition: AttributeDefinition, ids: readonly string[]): fc.Arbitrary<Filter> {
  const path = prefix + definition.name;
  const isId = definition.name === 'id';
  if (definition.type !== 'complex') return expressionOf(path, definition, isId ? ids : undefined);
  const subs = (definition.subAttributes ?? []).map((sub) => ({
    sub,
    ids: ['members', 'groups'].includes(definition.name) && sub.name === 'value' ? ids : undefined,
  }));
  const dotted = fc.constantFrom(...subs).chain((one) => expressionOf(`${path}.${one.sub.name}`, one.sub, one.ids));
  const present = fc.constant<Filter>({ kind: 'present', path, position: 1 });
  const inner = fc.constantFrom(...subs).chain((one) => expressionOf(one.sub.name, one.sub, one.ids));
  const element: fc.Arbitrary<Filter> = fc.record({
    kind: fc.constant('element' as const),
    path: fc.constant(path),
    filter: fc.oneof(
      inner,
      fc.record({
        kind: fc.constantFrom('and' as const, 'or' as const),
        filters: fc.array(inner, { minLength: 2, maxLength: 2 }),
      }),
      fc.record({ kind: fc.constant('not' as const), filter: inner }),
    ),
    position: fc.constant(1),
  });
  return fc.oneof(
    { weight: 4, arbitrary: dotted },
    { weight: 1, arbitrary: present },
    { weight: 3, arbitrary: element },
  );
}

function expressionOf(
  path: string,
  definition: AttributeDefinition,
  ids: readonly string[] | undefined,
): fc.Arbitrary<Filter> {
  const operators = OPERATORS[definition.type] ?? EQUALITY;
  const values: fc.Arbitrary<FilterValue> =
    ids === undefined ? valuesOf(definition) : fc.constantFrom(...ids, 'resource-', 'nobody');
  const compare = (operator: ComparisonOperator, value: FilterValue): Filter => ({
    kind: 'compare',
    path,
    operator,
    value,
    position: 1,
  });
  return fc.oneof(
    { weight: 8, arbitrary: fc.tuple(fc.constantFrom(...operators), values).map(([op, value]) => compare(op, value)) },
    { weight: 1, arbitrary: fc.constantFrom(compare('eq', null), compare('ne', null)) },
    { weight: 1, arbitrary: fc.constant<Filter>({ kind: 'present', path, position: 1 }) },
  );
}
