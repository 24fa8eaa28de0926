import { isArray, isObject, type Json, type JsonObject } from '../json.ts';
import { readFields } from '../message/fields.ts';
import { clearsAsEmptyString, withoutEmptyStrings } from '../quirks/empty-string-clears.ts';
import { ignoresReadOnly } from '../quirks/read-only-in-value.ts';
import { ignoreUnknown } from '../quirks/unknown-attribute.ts';
import type { Rules } from '../rules.ts';
import type { AttributeDefinition } from '../schema/definition.ts';
import { subAttributesOf } from '../schema/resolve.ts';
import { readValue } from '../value/read-value.ts';
import { append } from './append.ts';
import type { PatchContext } from './context.ts';
import { property } from './document.ts';
import { equal, isNothing } from './equal.ts';
import { readOnlyError, refuseImmutable } from './mutability.ts';

export type AssigningOp = 'add' | 'replace';

/**
 * What an attribute or sub-attribute holds after `add` or `replace` of its whole value (RFC 7644 §3.5.2.1, §3.5.2.3):
 * a simple value is replaced, a complex one merged, values of a multi-valued one are added or replaced as a whole.
 * Undefined when it ends up unassigned. Throws `invalidValue` for a value of another type, `mutability` for another
 * value of an immutable attribute.
 */
export function assign(
  op: AssigningOp,
  definition: AttributeDefinition,
  current: Json | undefined,
  given: Json,
  where: string,
  context: PatchContext,
): Json | undefined {
  const next = assigned(op, definition, current, given, where, context);
  refuseImmutable(definition, current, next, where);
  return next;
}

function assigned(
  op: AssigningOp,
  definition: AttributeDefinition,
  current: Json | undefined,
  given: Json,
  where: string,
  context: PatchContext,
): Json | undefined {
  if (clears(op, given, context.rules, where)) return undefined;
  if (isNothing(given)) return current;
  if (definition.multiValued) return assignValues(op, definition, current, given, where, context);
  if (definition.type !== 'complex') return readValue(definition, given, context.rules, where);
  const object = isObject(given) ? given : readValue(definition, given, context.rules, where);
  return isObject(object) ? merge(op, definition, current, object, where, context) : undefined;
}

/** Whether a value unassigns its target: null and `[]` in `replace` (RFC 7643 §2.5), `""` in tolerant rules. */
export function clears(op: AssigningOp, given: Json, rules: Rules, where: string): boolean {
  if (isNothing(given)) return op === 'replace';
  return clearsAsEmptyString(given, rules, where);
}

function assignValues(
  op: AssigningOp,
  definition: AttributeDefinition,
  current: Json | undefined,
  given: Json,
  where: string,
  context: PatchContext,
): Json | undefined {
  const elements = withoutEmptyStrings(isArray(given) ? given : [given], context.rules, where);
  const read = readValue(definition, elements, context.rules, where);
  if (op === 'replace') return read;
  return isArray(read) ? append(definition, current, read, where, context) : current;
}

/**
 * A complex value with the given sub-attributes set and the others kept (RFC 7644 §3.5.2.3 "left unchanged"). Unknown
 * ones are ignored; a readOnly one is refused by strict rules unless it is what is there.
 */
export function merge(
  op: AssigningOp,
  definition: AttributeDefinition,
  current: Json | undefined,
  given: JsonObject,
  where: string,
  context: PatchContext,
): JsonObject | undefined {
  const known = isObject(current) ? current : {};
  const merged: Record<string, Json> = { ...known };
  const subAttributes = subAttributesOf(definition);
  for (const [name, value] of readFields(given)) {
    const sub = subAttributes.get(name);
    if (sub === undefined) {
      ignoreUnknown(context.rules, `${where}.${name}`);
      continue;
    }
    const place = `${where}.${sub.name}`;
    const held = property(known, sub.name);
    if (sub.mutability === 'readOnly') {
      if (equal(value, held) || ignoresReadOnly(context.rules, place)) continue;
      throw readOnlyError(place);
    }
    const next = assign(op, sub, held, value, place, context);
    if (next === undefined) delete merged[sub.name];
    else merged[sub.name] = next;
  }
  return Object.keys(merged).length === 0 ? undefined : merged;
}
