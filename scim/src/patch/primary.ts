import { invalidValue } from '../error.ts';
import { isObject, type Json } from '../json.ts';

/**
 * Makes the element that an operation marked primary the only one (RFC 7644 §3.5.2): the others become false. Elements
 * of `after` that are not in `before` are those the operation made or changed. Throws `invalidValue` when it marked two.
 */
export function settlePrimary(before: readonly Json[], after: readonly Json[], where: string): readonly Json[] {
  if (after.filter(isPrimary).length < 2) return after;
  const untouched = new Set(before);
  const marked = after.filter((element) => isPrimary(element) && !untouched.has(element));
  if (marked.length !== 1) {
    throw invalidValue(`${where} would have more than one value with primary true; mark only one.`);
  }
  return after.map((element) => {
    return isObject(element) && isPrimary(element) && element !== marked[0] ? { ...element, primary: false } : element;
  });
}

function isPrimary(element: Json): boolean {
  return isObject(element) && element.primary === true;
}
