import { isObject, type Json, type JsonObject } from '../json.ts';
import type { Rules } from '../rules.ts';
import { note } from './note.ts';

const NAME = 'empty-string-clears';

/**
 * `""` in a PATCH, meaning "no value". Entra's 2026 gallery test Null_Update sends it and expects the attribute empty
 * afterwards, and Entra clears `manager` so. RFC 7643 §2.5 counts `""` as a value: strict rules store it.
 */
export function clearsAsEmptyString(value: Json, rules: Rules, where: string): boolean {
  if (value !== '' || rules.compatibility === 'strict') return false;
  note(rules, NAME, where);
  return true;
}

/**
 * The same within the elements of a multi-valued attribute: sub-attributes of `""` become null, and an element that has
 * nothing else but `type` and `primary` becomes null itself.
 */
export function withoutEmptyStrings(elements: readonly Json[], rules: Rules, where: string): readonly Json[] {
  if (rules.compatibility === 'strict') return elements;
  return elements.map((element) => {
    if (clearsAsEmptyString(element, rules, where)) return null;
    return isObject(element) && Object.values(element).includes('') ? withoutEmpty(element, rules, where) : element;
  });
}

function withoutEmpty(element: JsonObject, rules: Rules, where: string): JsonObject | null {
  note(rules, NAME, where);
  const kept = Object.entries(element).filter(([, value]) => value !== '');
  // fromEntries makes own properties of whatever names the client chose.
  return kept.some(([name, value]) => value !== null && !isLabel(name)) ? Object.fromEntries(kept) : null;
}

function isLabel(name: string): boolean {
  return /^(?:type|primary)$/i.test(name);
}
