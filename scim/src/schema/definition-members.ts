import { invalidSyntax, invalidValue } from '../error.ts';
import { isArray, type Json, type JsonObject } from '../json.ts';
import { checkText } from '../value/text.ts';

/** The members of a JSON object by lower-case name; null counts as absent. */
export type Members = ReadonlyMap<string, Json>;

/** Reads the members of a definition; throws `invalidSyntax` when two names differ only in case. */
export function membersOf(json: JsonObject, where: string): Members {
  const members = new Map<string, Json>();
  const seen = new Set<string>();
  for (const [name, value] of Object.entries(json)) {
    const lower = name.toLowerCase();
    if (seen.has(lower))
      throw invalidSyntax(`${where} has the member '${name.slice(0, 100)}' twice, in different case.`);
    seen.add(lower);
    if (value !== null) members.set(lower, value);
  }
  return members;
}

/** A string member; undefined when absent. */
export function optionalText(members: Members, name: string, where: string): string | undefined {
  const value = members.get(name);
  if (value === undefined) return undefined;
  if (typeof value !== 'string') throw invalidValue(`${where} must be a string.`);
  checkText(value, where);
  return value;
}

/** A string member that must be there and not be empty. */
export function requiredText(members: Members, name: string, where: string): string {
  const value = optionalText(members, name, where);
  if (value === undefined || value === '') throw invalidValue(`${where} is required; give it a value.`);
  return value;
}

/** A boolean member; undefined when absent. */
export function optionalBoolean(members: Members, name: string, where: string): boolean | undefined {
  const value = members.get(name);
  if (value !== undefined && typeof value !== 'boolean') throw invalidValue(`${where} must be true or false.`);
  return value;
}

/** A member that is an array of strings; undefined when absent or empty. */
export function optionalTexts(members: Members, name: string, where: string): readonly string[] | undefined {
  const value = members.get(name);
  if (value === undefined || (isArray(value) && value.length === 0)) return undefined;
  if (!isArray(value)) throw invalidValue(`${where} must be an array of strings.`);
  return value.map((element) => {
    if (typeof element !== 'string') throw invalidValue(`${where} must be an array of strings.`);
    checkText(element, where);
    return element;
  });
}

/** A member that is one of a few keywords, in any case; undefined when absent. */
export function optionalKeyword<Keyword extends string>(
  members: Members,
  name: string,
  keywords: readonly Keyword[],
  where: string,
): Keyword | undefined {
  const value = members.get(name);
  if (value === undefined) return undefined;
  const lower = typeof value === 'string' ? value.toLowerCase() : '';
  const keyword = keywords.find((known) => known.toLowerCase() === lower);
  if (keyword === undefined) throw invalidValue(`${where} must be one of ${keywords.join(', ')}.`);
  return keyword;
}
