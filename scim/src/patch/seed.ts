import type { Filter } from '../filter/ast.ts';
import type { Json, JsonObject } from '../json.ts';
import type { Rules } from '../rules.ts';
import type { AttributeDefinition } from '../schema/definition.ts';
import { resolveSubAttribute } from '../schema/resolve.ts';
import { readElement, readValue } from '../value/read-value.ts';

/**
 * The element that a filter of nothing but `sub eq value` terms describes: `type eq "work" and primary eq "True"` is
 * `{ type: "work", primary: true }`. Undefined for any other filter, and when two terms name one sub-attribute. An
 * element of a simple attribute is called `value`.
 */
export function seedOf(filter: Filter, attribute: AttributeDefinition, rules: Rules): JsonObject | undefined {
  const terms = termsOf(filter);
  if (terms === undefined) return undefined;
  const seed: Record<string, Json> = {};
  for (const { path, value } of terms) {
    const simple = attribute.type !== 'complex';
    const definition = simple ? attribute : resolveSubAttribute(attribute, path);
    if (definition === undefined) return undefined;
    const name = simple ? 'value' : definition.name;
    const given = definition.multiValued && !simple ? [value] : value;
    const read = simple ? readElement(definition, given, rules, path) : readValue(definition, given, rules, path);
    if (read === undefined || Object.hasOwn(seed, name)) return undefined;
    seed[name] = read;
  }
  return seed;
}

type Term = Extract<Filter, { kind: 'compare' }>;

/** The terms of a conjunction of equalities; undefined if there is anything else in it. */
function termsOf(filter: Filter): readonly Term[] | undefined {
  if (filter.kind === 'compare') return filter.operator === 'eq' ? [filter] : undefined;
  if (filter.kind !== 'and') return undefined;
  const terms: Term[] = [];
  for (const part of filter.filters) {
    const inner = termsOf(part);
    if (inner === undefined) return undefined;
    terms.push(...inner);
  }
  return terms;
}
