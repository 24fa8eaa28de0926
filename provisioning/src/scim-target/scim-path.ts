import { isArray, isObject, type Json, type JsonObject } from '@rollcall/scim';
import {
  parseTargetPath,
  readTargetPath,
  type TargetPath,
  TargetPathInvalid,
  writeTargetPath,
} from '../mapping/target-path.ts';
import { TargetError } from '../target.ts';

/**
 * A path of a mapping as SCIM types it: `primary eq "True"`, as Entra writes it, means the boolean (RFC 7643 §2.4).
 * Errors: TargetError `BadRequest` for what is no path.
 */
export function readPath(text: string): TargetPath {
  try {
    const path = parseTargetPath(text);
    return path.terms === undefined ? path : { ...path, terms: path.terms.map(withBoolean) };
  } catch (error) {
    if (error instanceof TargetPathInvalid) throw new TargetError('BadRequest', error.message, { cause: error });
    throw error;
  }
}

/** The path of the whole element or attribute that a path leads into. */
export const holderOf = (path: TargetPath): TargetPath => ({ ...path, sub: undefined });

/** A path as requests carry it (RFC 7644 §3.10). */
export function formatPath({ extension, attribute, terms, sub }: TargetPath): string {
  const filter = terms?.map(({ name, value }) => `${name} eq ${literal(value)}`).join(' and ');
  const prefix = extension === undefined ? '' : `${extension}:`;
  return `${prefix}${attribute}${filter === undefined ? '' : `[${filter}]`}${sub === undefined ? '' : `.${sub}`}`;
}

/** A value in a filter: in a string, `\` and `"` are escaped as in JSON (RFC 7644 §3.4.2.2). */
export const literal = (value: Json): string => JSON.stringify(value);

/** Whether a path is a user's manager: mappings know the id alone, SCIM an object (RFC 7643 §4.3). */
export const isManager = ({ extension, attribute, terms, sub }: TargetPath): boolean =>
  terms === undefined &&
  sub === undefined &&
  attribute.toLowerCase() === 'manager' &&
  (extension === undefined || /:enterprise:/i.test(extension));

/** A value as SCIM has it under this path: the id of a manager becomes an object. */
export const typed = (path: TargetPath, value: Json): Json =>
  isManager(path) && typeof value === 'string' ? { value } : value;

/** All values that a document has under a path: several where it leads into every element of a list. */
export function valuesAt(document: JsonObject, path: TargetPath): readonly Json[] {
  const found = readTargetPath(document, path);
  if (found === undefined || found === null) return [];
  if (!isArray(found)) return [found];
  return found.map((element) => (isObject(element) ? (element.value ?? element) : element));
}

/** The document with a value under a path; undefined removes it. A manager that stays the same keeps its details. */
export function withValue(document: JsonObject, path: TargetPath, value: Json | undefined): JsonObject {
  if (value === undefined) return writeTargetPath(document, path, undefined);
  if (isManager(path) && value === '') return writeTargetPath(document, path, undefined);
  if (isManager(path) && readTargetPath(document, path) === value) return document;
  return writeTargetPath(document, path, typed(path, value));
}

const withBoolean = (term: NonNullable<TargetPath['terms']>[number]): typeof term =>
  term.name.toLowerCase() === 'primary' && typeof term.value === 'string' && /^(true|false)$/i.test(term.value)
    ? { ...term, value: term.value.toLowerCase() === 'true' }
    : term;
