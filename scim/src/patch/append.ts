import { invalidValue } from '../error.ts';
import type { ComparisonKey } from '../filter/ast.ts';
import { isArray, isObject, type Json, type JsonObject } from '../json.ts';
import type { AttributeDefinition } from '../schema/definition.ts';
import { resolveSubAttribute } from '../schema/resolve.ts';
import { comparisonKey } from '../value/comparison-key.ts';
import { MAX_VALUES } from '../value/read-value.ts';
import { sameValue } from '../value/same-value.ts';
import { type PatchContext, spend, weightOf, weightOfElement } from './context.ts';
import { property } from './document.ts';
import { holdsSent } from './equal.ts';
import { refuseImmutable } from './mutability.ts';
import { settlePrimary } from './primary.ts';

/**
 * Adds values to a multi-valued attribute (RFC 7644 §3.5.2.1). One that is there already changes nothing; one with the
 * `type` and `value` of another updates it (RFC 7643 §2.4: the same pair should not occur twice); any other is appended.
 * `added` is canonical, as `readValue` returns it.
 */
export function append(
  definition: AttributeDefinition,
  current: Json | undefined,
  added: readonly Json[],
  where: string,
  context: PatchContext,
): readonly Json[] {
  const before = isArray(current) ? current : [];
  const after = [...before];
  const positions = byValue(definition, before);
  spend(context, weightOf(before), where);
  for (const element of added) {
    const key = valueKey(definition, element);
    const candidates = key === undefined ? [...after.keys()] : (positions.get(key) ?? []);
    spend(context, (candidates.length + 1) * weightOfElement(element), where);
    if (candidates.some((at) => holdsSent(definition, element, after[at] ?? null))) continue;
    const twin = key === undefined ? undefined : candidates.find((at) => isTwin(definition, element, after[at]));
    if (twin === undefined) {
      if (key !== undefined) positions.set(key, [...candidates, after.length]);
      after.push(element);
    } else {
      after[twin] = updated(definition, after[twin], element, where);
    }
  }
  if (after.length > MAX_VALUES) throw invalidValue(`${where} would have more than ${MAX_VALUES} values.`);
  return settlePrimary(before, after, where);
}

/** The key of an element's `value`, or of a simple element itself; undefined for an element without. */
export function valueKey(definition: AttributeDefinition, element: Json): ComparisonKey | undefined {
  if (!isObject(element)) return comparisonKey(definition, element);
  const sub = resolveSubAttribute(definition, 'value');
  const value = property(element, 'value');
  return sub === undefined || value === undefined ? undefined : comparisonKey(sub, value);
}

function byValue(definition: AttributeDefinition, elements: readonly Json[]): Map<ComparisonKey, readonly number[]> {
  const positions = new Map<ComparisonKey, number[]>();
  for (const [at, element] of elements.entries()) {
    const key = valueKey(definition, element);
    if (key === undefined) continue;
    const known = positions.get(key);
    if (known === undefined) positions.set(key, [at]);
    else known.push(at);
  }
  return positions;
}

function isTwin(definition: AttributeDefinition, sent: Json, element: Json | undefined): boolean {
  const type = resolveSubAttribute(definition, 'type');
  if (!isObject(sent) || !isObject(element)) return false;
  return type === undefined || sameValue(type, property(sent, 'type'), property(element, 'type'));
}

function updated(definition: AttributeDefinition, element: Json | undefined, sent: Json, where: string): JsonObject {
  const known = isObject(element) ? element : {};
  const given = isObject(sent) ? sent : {};
  for (const sub of definition.subAttributes ?? []) {
    const value = property(given, sub.name);
    if (value !== undefined) refuseImmutable(sub, property(known, sub.name), value, `${where}.${sub.name}`);
  }
  return { ...known, ...given };
}
