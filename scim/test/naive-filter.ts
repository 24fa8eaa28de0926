import fc from 'fast-check';
import type { ComparisonOperator, Filter, FilterValue } from '../src/filter/ast.ts';
import type { Json, JsonObject } from '../src/json.ts';
import { HR_SCHEMA } from './specimen.ts';

// A second evaluator to judge the real one by. It works on the filter as written, without schema, and on values of few
// forms: ASCII text, whole numbers, dates that Date.parse reads.

type Form = 'folded' | 'exact' | 'boolean' | 'number' | 'date';

const FORMS: Readonly<Record<string, Form>> = {
  userName: 'folded',
  externalId: 'exact',
  active: 'boolean',
  'name.givenName': 'folded',
  'emails.value': 'folded',
  'emails.type': 'folded',
  'emails.primary': 'boolean',
  'meta.created': 'date',
  [`${HR_SCHEMA}:quota`]: 'number',
  [`${HR_SCHEMA}:levels`]: 'number',
  [`${HR_SCHEMA}:tags`]: 'folded',
};

const words = fc.constantFrom('', 'a', 'B', 'ab', 'AB', 'ba', 'b');
const dates = fc.constantFrom('2026-01-01T00:00:00Z', '2026-01-01T01:00:00+01:00', '2026-01-02T00:00:00.5Z');
const numbers = fc.integer({ min: -1, max: 2 });

function valueOfForm(form: Form): fc.Arbitrary<string | number | boolean> {
  if (form === 'boolean') return fc.boolean();
  if (form === 'number') return numbers;
  return form === 'date' ? dates : words;
}

function operatorsOf(form: Form): readonly ComparisonOperator[] {
  if (form === 'boolean') return ['eq', 'ne'];
  const ordered: readonly ComparisonOperator[] = ['eq', 'ne', 'gt', 'ge', 'lt', 'le'];
  return form === 'number' || form === 'date' ? ordered : [...ordered, 'co', 'sw', 'ew'];
}

function expressionOn(path: string, form: Form): fc.Arbitrary<Filter> {
  const position = fc.constant(1);
  return fc.oneof(
    fc.record({ kind: fc.constant('present'), path: fc.constant(path), position }),
    fc.record({
      kind: fc.constant('compare'),
      path: fc.constant(path),
      operator: fc.constantFrom('eq', 'ne'),
      value: fc.constant(null),
      position,
    }),
    fc.record({
      kind: fc.constant('compare'),
      path: fc.constant(path),
      operator: fc.constantFrom(...operatorsOf(form)),
      value: valueOfForm(form),
      position,
    }),
  );
}

function treeOf(leaf: fc.Arbitrary<Filter>): fc.Arbitrary<Filter> {
  const { tree } = fc.letrec<{ tree: Filter }>((tie) => ({
    tree: fc.oneof(
      { maxDepth: 3 },
      leaf,
      fc.record({ kind: fc.constant('not'), filter: tie('tree') }),
      fc.record({
        kind: fc.constantFrom('and', 'or'),
        filters: fc.array(tie('tree'), { minLength: 2, maxLength: 3 }),
      }),
    ),
  }));
  return tree;
}

function elementOf(path: string, inner: fc.Arbitrary<Filter>): fc.Arbitrary<Filter> {
  return fc.record({
    kind: fc.constant('element'),
    path: fc.constant(path),
    filter: treeOf(inner),
    position: fc.constant(1),
  });
}

/** Filters over the attributes of FORMS. */
export const anyFilter = treeOf(
  fc.oneof(
    ...Object.entries(FORMS).map(([path, form]) => expressionOn(path, form)),
    fc.record({ kind: fc.constant('present'), path: fc.constantFrom('name', 'emails'), position: fc.constant(1) }),
    elementOf(
      'emails',
      fc.oneof(expressionOn('value', 'folded'), expressionOn('type', 'folded'), expressionOn('primary', 'boolean')),
    ),
    elementOf(`${HR_SCHEMA}:tags`, expressionOn('value', 'folded')),
    elementOf(`${HR_SCHEMA}:levels`, expressionOn('value', 'number')),
  ),
);

const optional = { requiredKeys: [] };
/** Users that hold some of the attributes of FORMS. */
export const anyResource: fc.Arbitrary<JsonObject> = fc.record(
  {
    userName: words,
    externalId: words,
    active: fc.boolean(),
    name: fc.record({ givenName: words }, optional),
    emails: fc.array(fc.record({ value: words, type: words, primary: fc.boolean() }, optional), { maxLength: 3 }),
    meta: fc.record({ created: dates }),
    [HR_SCHEMA]: fc.record(
      { quota: numbers, levels: fc.array(numbers, { maxLength: 3 }), tags: fc.array(words, { maxLength: 3 }) },
      optional,
    ),
  },
  optional,
);

/** Whether a resource satisfies a filter, spelt out as plainly as possible. */
export function naive(filter: Filter, resource: JsonObject): boolean {
  switch (filter.kind) {
    case 'and':
      return filter.filters.every((part) => naive(part, resource));
    case 'or':
      return filter.filters.some((part) => naive(part, resource));
    case 'not':
      return !naive(filter.filter, resource);
    case 'element': {
      const elements = steps(resource, filter.path).filter((element) => element !== undefined);
      // Each element becomes the only one of a resource of its own, and the inner names whole paths.
      return elements.some((element) => naive(prefixed(filter.filter, filter.path), alone(filter.path, element)));
    }
    case 'present':
      return steps(resource, filter.path).some(hasContent);
    case 'compare': {
      const { operator, value } = filter;
      const form = FORMS[filter.path] ?? 'exact';
      return steps(resource, filter.path).some((actual) => naiveComparison(actual, operator, value, form));
    }
  }
}

function alone(path: string, element: Json): JsonObject {
  return path === 'emails' ? { emails: [element] } : { [HR_SCHEMA]: { [path.slice(HR_SCHEMA.length + 1)]: [element] } };
}

function prefixed(filter: Filter, path: string): Filter {
  if ('filters' in filter) {
    return { kind: filter.kind, filters: filter.filters.map((part) => prefixed(part, path)) };
  }
  if (filter.kind === 'not') return { kind: 'not', filter: prefixed(filter.filter, path) };
  if (filter.kind === 'element') throw new Error('Brackets do not nest.');
  return { ...filter, path: path === 'emails' ? `${path}.${filter.path}` : path };
}

/** The values that a path leads to; one undefined where it leads nowhere. */
function steps(resource: JsonObject, path: string): readonly (Json | undefined)[] {
  const names = path.startsWith(HR_SCHEMA) ? [HR_SCHEMA, path.slice(HR_SCHEMA.length + 1)] : path.split('.');
  let values: (Json | undefined)[] = [resource];
  for (const name of names) {
    values = values.flatMap((value) => {
      const next =
        typeof value === 'object' ? Object.entries(value ?? {}).find(([key]) => key === name)?.[1] : undefined;
      return Array.isArray(next) && next.length > 0 ? next : [Array.isArray(next) ? undefined : next];
    });
  }
  return values;
}

function hasContent(value: Json | undefined): boolean {
  return typeof value === 'object' && value !== null
    ? Object.values(value).some(hasContent)
    : value !== undefined && value !== null && value !== '';
}

function naiveComparison(
  actual: Json | undefined,
  operator: ComparisonOperator,
  wanted: FilterValue,
  form: Form,
): boolean {
  if (wanted === null) return hasContent(actual) === (operator === 'ne');
  if (actual === undefined) return operator === 'ne';
  const left = naiveKey(actual, form);
  const right = naiveKey(wanted, form);
  const results: Record<ComparisonOperator, boolean> = {
    eq: left === right,
    ne: left !== right,
    co: `${left}`.indexOf(`${right}`) >= 0,
    sw: `${left}`.slice(0, `${right}`.length) === right,
    ew: right === '' || `${left}`.slice(-`${right}`.length) === right,
    gt: left > right,
    ge: left >= right,
    lt: left < right,
    le: left <= right,
  };
  return results[operator];
}

function naiveKey(value: Json, form: Form): string | number | boolean {
  if (form === 'date') return Date.parse(String(value));
  if (form === 'folded') return String(value).toLowerCase();
  return typeof value === 'object' ? JSON.stringify(value) : value;
}
