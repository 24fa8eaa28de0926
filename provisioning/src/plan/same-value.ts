import { fold, isArray, isObject, type Json, parseDateTime } from '@rollcall/scim';
import type { TargetAttribute } from '../mapping/model.ts';

/**
 * Whether the target's attribute would be the same with either value: text without regard to case unless `caseExact`,
 * lists without regard to order, a boolean or integer that the target answered as text as what it means. Of an object
 * that the target answered only what is wanted counts, so that a display name it added is no difference.
 */
export function sameValue(attribute: TargetAttribute, wanted: Json, known: Json): boolean {
  if (isArray(wanted) || isArray(known)) return sameList(attribute, listOf(wanted), listOf(known));
  return sameElement(attribute, wanted, known);
}

/** Whether a value is none: absent, null, an empty text, an empty list. */
export function isEmpty(value: Json | undefined): boolean {
  return value === undefined || value === null || value === '' || (isArray(value) && value.length === 0);
}

function listOf(value: Json): readonly Json[] {
  if (isArray(value)) return value;
  return isEmpty(value) ? [] : [value];
}

function sameList(attribute: TargetAttribute, wanted: readonly Json[], known: readonly Json[]): boolean {
  return (
    wanted.every((value) => known.some((other) => sameElement(attribute, value, other))) &&
    known.every((value) => wanted.some((other) => sameElement(attribute, other, value)))
  );
}

function sameElement(attribute: TargetAttribute, wanted: Json, known: Json): boolean {
  if (isObject(wanted) && isObject(known)) {
    return Object.keys(wanted).every((name) => sameValue(attribute, wanted[name] ?? null, known[name] ?? null));
  }
  if (isObject(known)) return sameElement(attribute, wanted, known.value ?? null);
  if (isEmpty(wanted) || isEmpty(known)) return isEmpty(wanted) && isEmpty(known);
  if (typeof wanted !== 'string') return wanted === meaning(known);
  return sameText(attribute, wanted, typeof known === 'string' ? known : String(known));
}

function sameText(attribute: TargetAttribute, wanted: string, known: string): boolean {
  if (wanted === known) return true;
  if (attribute.type === 'dateTime') {
    const time = parseDateTime(wanted);
    if (time !== undefined) return time === parseDateTime(known);
  }
  const exact = attribute.caseExact || attribute.type === 'binary' || attribute.type === 'reference';
  return !exact && fold(wanted) === fold(known);
}

/** Servers answer "True" and "42" where a boolean or a number was sent. */
function meaning(value: Json): Json {
  if (typeof value !== 'string') return value;
  const lower = value.toLowerCase();
  if (lower === 'true') return true;
  if (lower === 'false') return false;
  return /^-?\d{1,15}$/.test(value) ? Number(value) : value;
}
