import { isArray, isObject, type Json, type JsonObject } from '../json.ts';
import type { AttributeDefinition } from '../schema/definition.ts';
import { compareKeys, comparisonKey } from '../value/comparison-key.ts';
import type { BoundFilter, ComparisonKey, ComparisonOperator } from './ast.ts';
import { attributeValue, memberOf } from './attribute-value.ts';

/**
 * Whether a resource satisfies a filter (RFC 7644 §3.4.2.2). `resource` is the whole representation in canonical
 * spelling: `id`, `externalId` and `meta`, and `groups` or `members` where `attributesOf` names them.
 *
 * A path has as many values as the multi-valued attribute on it has elements; an attribute without elements, and a
 * single-valued one, has one value, which may be missing. The expression is true if it is true of any of them. Of a
 * missing value only `ne` and `eq null` are true.
 */
export function matches(filter: BoundFilter, resource: JsonObject): boolean {
  return holds(filter, resource);
}

/** Whether one element of a multi-valued attribute satisfies a filter made by `bindElementFilter`. */
export function matchesElement(filter: BoundFilter, element: Json): boolean {
  return holds(filter, element);
}

// Scans run this for each document: plain loops and no closures, so that a node allocates nothing.

function holds(filter: BoundFilter, subject: Json): boolean {
  switch (filter.kind) {
    case 'and':
      for (const part of filter.filters) if (!holds(part, subject)) return false;
      return true;
    case 'or':
      for (const part of filter.filters) if (holds(part, subject)) return true;
      return false;
    case 'not':
      return !holds(filter.filter, subject);
    case 'constant':
      return filter.value;
    case 'element':
      return anyElement(filter.filter, attributeValue(filter.path, subject));
    case 'present':
    case 'compare':
      return anyValue(filter, subject);
  }
}

type Expression = Extract<BoundFilter, { kind: 'present' | 'compare' }>;

function anyElement(filter: BoundFilter, value: Json | undefined): boolean {
  if (!isArray(value)) return false;
  for (const element of value) if (holds(filter, element)) return true;
  return false;
}

function anyValue(expression: Expression, subject: Json): boolean {
  const { attribute, sub } = expression.path;
  // Inside [ ], an element of a simple multi-valued attribute is itself the value.
  const value = isObject(subject) ? attributeValue(expression.path, subject) : subject;
  if (sub === undefined) return anyOf(expression, attribute, value);
  if (!isArray(value) || value.length === 0) return anyOf(expression, sub, memberOf(value, sub.name));
  for (const element of value) if (anyOf(expression, sub, memberOf(element, sub.name))) return true;
  return false;
}

function anyOf(expression: Expression, definition: AttributeDefinition, value: Json | undefined): boolean {
  if (!isArray(value) || value.length === 0) return satisfies(expression, definition, value);
  for (const element of value) if (satisfies(expression, definition, element)) return true;
  return false;
}

function satisfies(expression: Expression, definition: AttributeDefinition, value: Json | undefined): boolean {
  if (expression.kind === 'present') return isPresent(value);
  if (expression.key === null) return isPresent(value) === (expression.operator === 'ne');
  const key = value === undefined || value === null ? undefined : comparisonKey(definition, value);
  return key === undefined ? expression.operator === 'ne' : compare(key, expression.operator, expression.key);
}

/** RFC 7644 Table 3: non-empty, and for a complex value a non-empty node in it. `false` and 0 are values. */
function isPresent(value: Json | undefined): boolean {
  if (value === undefined || value === null || value === '') return false;
  if (typeof value !== 'object') return true;
  if (isArray(value)) {
    for (const element of value) if (isPresent(element)) return true;
    return false;
  }
  for (const name in value) if (isPresent(value[name])) return true;
  return false;
}

function compare(actual: ComparisonKey, operator: ComparisonOperator, wanted: ComparisonKey): boolean {
  switch (operator) {
    case 'eq':
      return actual === wanted;
    case 'ne':
      return actual !== wanted;
    case 'co':
      return String(actual).includes(String(wanted));
    case 'sw':
      return String(actual).startsWith(String(wanted));
    case 'ew':
      return String(actual).endsWith(String(wanted));
    case 'gt':
      return compareKeys(actual, wanted) > 0;
    case 'ge':
      return compareKeys(actual, wanted) >= 0;
    case 'lt':
      return compareKeys(actual, wanted) < 0;
    case 'le':
      return compareKeys(actual, wanted) <= 0;
  }
}
