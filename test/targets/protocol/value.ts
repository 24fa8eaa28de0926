import { Refusal } from './refusal.ts';

/** JSON, written down here again: what judges a client must not lean on what the client leans on. */
export type Value = string | number | boolean | null | Value[] | Complex;
export interface Complex {
  [name: string]: Value;
}

const BOOLEANS = new Set(['active', 'primary']);
const LISTS = new Set(
  'emails phonenumbers ims photos addresses groups entitlements roles x509certificates members'.split(' '),
);

export const isComplex = (value: Value | undefined): value is Complex =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const isMultiValued = (name: string): boolean => LISTS.has(name.toLowerCase());

/** The value of an attribute; names are case insensitive (RFC 7643 §2.1). */
export function read(object: Complex, name: string): Value | undefined {
  const key = keyOf(object, name);
  return key === undefined ? undefined : object[key];
}

/** Sets an attribute; undefined, null and [] leave it unassigned (RFC 7643 §2.5). */
export function write(object: Complex, name: string, value: Value | undefined): void {
  const key = keyOf(object, name) ?? name;
  const isNothing = value === undefined || value === null || (Array.isArray(value) && value.length === 0);
  if (isNothing || (isComplex(value) && Object.keys(value).length === 0)) delete object[key];
  else Object.defineProperty(object, key, { value, writable: true, enumerable: true, configurable: true });
}

function keyOf(object: Complex, name: string): string | undefined {
  if (Object.hasOwn(object, name)) return name;
  const wanted = name.toLowerCase();
  return Object.keys(object).find((key) => key.toLowerCase() === wanted);
}

/**
 * An attribute's value in the shape of its schema: booleans that came as text, one value instead of a list, a manager
 * as a bare id. Microsoft's provisioning service sends all of these. Undefined when there is nothing to store.
 */
export function shape(name: string, value: Value): Value | undefined {
  if (value === null) return undefined;
  const lower = name.toLowerCase();
  if (BOOLEANS.has(lower)) return shapeBoolean(name, value);
  if (lower === 'manager') return shapeManager(value);
  if (lower === 'members') return (Array.isArray(value) ? value : [value]).map(shapeMember);
  if (isMultiValued(name)) return (Array.isArray(value) ? value : [value]).map(shapeElement);
  return isComplex(value) ? shapeAll(value) : value;
}

/** Every attribute of an object in the shape of its schema. */
export function shapeAll(object: Complex): Complex {
  const shaped: Complex = {};
  for (const [name, value] of Object.entries(object)) write(shaped, name, shape(name, value));
  return shaped;
}

const shapeElement = (element: Value): Complex => (isComplex(element) ? shapeAll(element) : { value: element });

/** Of a member only its id is stored: the rest is the server's to say. */
function shapeMember(member: Value): Complex {
  const id = isComplex(member) ? read(member, 'value') : member;
  if (typeof id !== 'string' || id === '') throw new Refusal(400, 'A member has a value', 'invalidValue');
  return { value: id };
}

function shapeBoolean(name: string, value: Value): boolean {
  if (typeof value === 'boolean') return value;
  const text = String(value).toLowerCase();
  if (text !== 'true' && text !== 'false') throw new Refusal(400, `${name} is a boolean`, 'invalidValue');
  return text === 'true';
}

function shapeManager(given: Value): Complex | undefined {
  const value = Array.isArray(given) ? given[0] : given;
  const id = isComplex(value) ? read(value, 'value') : value;
  if (id === undefined || id === null || id === '') return undefined;
  if (typeof id !== 'string') throw new Refusal(400, 'manager.value is a string', 'invalidValue');
  return { value: id };
}
