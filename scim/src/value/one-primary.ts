import { invalidValue } from '../error.ts';
import { isArray, isObject, type Json } from '../json.ts';

/** Refuses values of which more than one has `primary` true (RFC 7643 §2.4). */
export function checkOnePrimary(values: Json | undefined, where: string): void {
  if (!isArray(values)) return;
  let found = false;
  for (const element of values) {
    if (!isObject(element) || element.primary !== true) continue;
    if (found) throw invalidValue(`${where} has more than one value with primary true; mark only one.`);
    found = true;
  }
}
