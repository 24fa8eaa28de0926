import { invalidValue, noTarget } from '../error.ts';
import { isArray, isObject, type Json, type JsonObject } from '../json.ts';
import { replaceCreatesElement } from '../quirks/replace-creates-element.ts';
import { liftStringifiedRole } from '../quirks/stringified-role.ts';
import type { AttributeDefinition } from '../schema/definition.ts';
import { readElement, readValue } from '../value/read-value.ts';
import { type AssigningOp, assign, clears, merge } from './assign.ts';
import type { PatchContext } from './context.ts';
import { property } from './document.ts';
import { isNothing } from './equal.ts';
import { settlePrimary } from './primary.ts';
import { removeElements, withoutSubAttribute } from './remove.ts';
import { type AttributeTarget, select } from './select.ts';

/**
 * What a multi-valued attribute holds after `add` or `replace` on the elements that a filter selects, on one
 * sub-attribute of them, or on a sub-attribute of all elements (`emails.type`).
 *
 * @throws noTarget when there is no such element and none may be made of the filter.
 */
export function assignElements(
  op: AssigningOp,
  current: Json | undefined,
  target: AttributeTarget,
  given: Json,
  context: PatchContext,
): Json | undefined {
  if (clears(op, given, context.rules, target.text)) return removeElements(current, target, context);
  if (isNothing(given)) return current;
  const before = isArray(current) ? current : [];
  const selected = select(target, before, context);
  const after =
    selected.size === 0
      ? [...before, ...created(op, target, given, context)]
      : changed(op, target, before, selected, given, context);
  return after.length === 0 ? undefined : settlePrimary(before, after, target.text);
}

function changed(
  op: AssigningOp,
  target: AttributeTarget,
  before: readonly Json[],
  selected: ReadonlySet<number>,
  given: Json,
  context: PatchContext,
): readonly Json[] {
  const { attribute, sub } = target.reference;
  if (sub === undefined && op === 'replace') {
    // All matching elements become the same value, and a value stands once (RFC 7643 §2.4).
    const [first] = selected;
    const values = elementsOf(attribute, given, target.text, context);
    return before.flatMap((element, at) => (selected.has(at) ? (at === first ? values : []) : [element]));
  }
  return before.flatMap((element, at) => {
    if (!selected.has(at)) return [element];
    return edited(op, target, element, given, context);
  });
}

/** The element that a filter of equalities describes, with the given value in it. */
function created(op: AssigningOp, target: AttributeTarget, given: Json, context: PatchContext): readonly Json[] {
  const { seed, text } = target;
  const { attribute } = target.reference;
  const wanted = seed !== undefined && (op === 'add' || replaceCreatesElement(context.rules, text));
  if (!wanted) throw noTarget(`no value of '${attribute.name}' matches path '${text}'.`);
  if (attribute.type !== 'complex') return elementsOf(attribute, given, text, context);
  return edited(op, target, seed, given, context);
}

/** An element with the given value in it; an empty list when nothing is left of it. */
function edited(
  op: AssigningOp,
  { reference: { attribute, sub }, text }: AttributeTarget,
  element: Json,
  given: Json,
  context: PatchContext,
): readonly Json[] {
  const next =
    sub === undefined
      ? merged(attribute, element, given, text, context)
      : withSubAttribute(op, sub, element, given, text, context);
  const lifted = isObject(next) ? liftStringifiedRole(attribute, next, context.rules, text) : next;
  return lifted === undefined ? [] : [lifted];
}

function elementsOf(
  attribute: AttributeDefinition,
  given: Json,
  where: string,
  context: PatchContext,
): readonly Json[] {
  const read = readValue(attribute, isArray(given) ? given : [given], context.rules, where);
  return isArray(read) ? read : [];
}

/** An element with the given sub-attributes set and the others kept; a simple one is replaced. */
function merged(
  attribute: AttributeDefinition,
  element: Json,
  given: Json,
  where: string,
  context: PatchContext,
): Json | undefined {
  const [value, ...others] = isArray(given) ? given : [given];
  if (value === undefined || others.length > 0) throw invalidValue(`${where} takes one value to add to each match.`);
  if (value === null) return element;
  const object = isObject(value) ? value : readElement(attribute, value, context.rules, where);
  if (!isObject(object)) return object;
  return merge('add', attribute, element, object, where, context);
}

function withSubAttribute(
  op: AssigningOp,
  sub: AttributeDefinition,
  element: Json,
  given: Json,
  where: string,
  context: PatchContext,
): JsonObject | undefined {
  const known = isObject(element) ? element : {};
  const next = assign(op, sub, property(known, sub.name), given, where, context);
  if (next === undefined) return withoutSubAttribute(known, sub, where, context);
  return { ...known, [sub.name]: next };
}
