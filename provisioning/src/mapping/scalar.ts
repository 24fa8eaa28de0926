import { isObject, type Json } from '@rollcall/scim';

/** A single value as expressions take it: null for none, for an empty text and for what has parts. */
export function scalar(value: Json | undefined): string | number | boolean | null {
  if (value === undefined || value === null || value === '') return null;
  return typeof value === 'object' ? null : value;
}

/** The member of an object, if it has one of its own: an attribute may be called `constructor`. */
export function memberOf(value: Json | undefined, name: string): Json | undefined {
  return isObject(value) && Object.hasOwn(value, name) ? value[name] : undefined;
}
