import { mutability } from '../error.ts';
import type { ComparisonKey } from '../filter/ast.ts';
import { isArray, isObject, type Json, type JsonObject } from '../json.ts';
import { isEmptiedElement } from '../quirks/emptied-element.ts';
import { noteRemoveWithValue } from '../quirks/remove-with-value.ts';
import type { AttributeDefinition } from '../schema/definition.ts';
import { readValue } from '../value/read-value.ts';
import { valueKey } from './append.ts';
import { type PatchContext, spend, weightOf, weightOfElement } from './context.ts';
import { property, without } from './document.ts';
import { holdsSent } from './equal.ts';
import { refuseImmutable } from './mutability.ts';
import { type AttributeTarget, select } from './select.ts';

/**
 * What an attribute holds after `remove` (RFC 7644 §3.5.2.2); undefined when it ends up unassigned. What is not there
 * is removed already. `value` selects among the values of a multi-valued attribute and means nothing elsewhere.
 */
export function remove(
  current: Json | undefined,
  target: AttributeTarget,
  value: Json | undefined,
  context: PatchContext,
): Json | undefined {
  const { attribute, sub, text } = target.reference;
  if (current === undefined) return undefined;
  if (attribute.multiValued && (target.filter !== undefined || sub !== undefined)) {
    return removeElements(current, target, context);
  }
  if (sub === undefined) return removeValues(attribute, current, value, text, context);
  if (!isObject(current)) return current;
  const held = property(current, sub.name);
  const next = held === undefined ? undefined : removeValues(sub, held, value, text, context);
  refuseImmutable(sub, held, next, text);
  return next === undefined ? without(current, sub.name) : { ...current, [sub.name]: next };
}

/** The same for the elements that a filter selects, or for one sub-attribute of them. */
export function removeElements(
  current: Json | undefined,
  target: AttributeTarget,
  context: PatchContext,
): Json | undefined {
  const elements = isArray(current) ? current : [];
  const { sub, text } = target.reference;
  const selected = select(target, elements, context);
  const kept = elements.flatMap((element, at) => {
    if (!selected.has(at)) return [element];
    const left = sub === undefined ? undefined : withoutSubAttribute(element, sub, text, context);
    return left === undefined ? [] : [left];
  });
  return kept.length === 0 ? undefined : kept;
}

/** An element without one sub-attribute; undefined when nothing worth keeping is left of it. */
export function withoutSubAttribute(
  element: Json,
  sub: AttributeDefinition,
  where: string,
  context: PatchContext,
): JsonObject | undefined {
  if (!isObject(element)) return undefined;
  const held = property(element, sub.name);
  if (held === undefined) return element;
  refuseImmutable(sub, held, undefined, where);
  const left = without(element, sub.name);
  if (left === undefined || isEmptiedElement(left, context.rules, where)) return undefined;
  if (sub.required) throw mutability(`${where} is required and cannot be removed; remove the whole value instead.`);
  return left;
}

/** All of an attribute, or of a multi-valued one the values that the client listed. */
function removeValues(
  definition: AttributeDefinition,
  current: Json,
  value: Json | undefined,
  where: string,
  context: PatchContext,
): Json | undefined {
  if (!definition.multiValued || !isArray(current) || value === undefined) return undefined;
  noteRemoveWithValue(context.rules, where);
  const listed = readValue(definition, isArray(value) ? value : [value], context.rules, where);
  if (!isArray(listed)) return current;
  const byKey = Map.groupBy(listed, (element) => valueKey(definition, element));
  spend(context, weightOf(current) + weightOf(listed), where);
  const kept = current.filter((element) => !isListed(definition, element, byKey, where, context));
  return kept.length === 0 ? undefined : kept;
}

/** What the client listed without a `value` is compared with every element. */
function isListed(
  definition: AttributeDefinition,
  element: Json,
  byKey: ReadonlyMap<ComparisonKey | undefined, readonly Json[]>,
  where: string,
  context: PatchContext,
): boolean {
  const key = valueKey(definition, element);
  const candidates = [...(byKey.get(undefined) ?? []), ...(key === undefined ? [] : (byKey.get(key) ?? []))];
  spend(context, candidates.length * weightOfElement(element), where);
  return candidates.some((listed) => holdsSent(definition, listed, element));
}
