import { isArray, isObject, type Json, type JsonObject } from '@rollcall/scim';
import type { TargetPath } from '../mapping/target-path.ts';
import type { AttributeChange } from '../target.ts';
import { isManager, literal, readPath } from './scim-path.ts';

/** The feature flag in a tenant URL with which Microsoft Entra ID sends what RFC 7644 asks for. */
export const hasCompliantFlag = (baseUrl: string): boolean => /[?&]aadOptscim062020(?=[=&#]|$)/i.test(baseUrl);

/**
 * Operations as Microsoft Entra ID sends them. Without the flag: capitalised, one for each attribute, booleans and
 * numbers as text. With it: lower case and JSON types, and several simple attributes share an operation without path.
 */
export function patchEntra(changes: readonly AttributeChange[], compliant: boolean): readonly JsonObject[] {
  const parsed = changes.map((change) => ({ ...change, parsed: readPath(change.path) }));
  const gathered = compliant ? parsed.filter(({ parsed: path, to }) => isSimple(path, to)) : [];
  const alone = gathered.length > 1 ? parsed.filter((change) => !gathered.includes(change)) : parsed;
  const operations = alone.map(({ path, parsed: read, from, to }) => operation(path, read, from, to, compliant));
  if (gathered.length < 2) return operations;
  const op = gathered.every(({ from }) => from === undefined) ? 'add' : 'replace';
  const value = Object.fromEntries(gathered.map(({ path, to }) => [path, to ?? '']));
  return [...operations, { op, value }];
}

/** The operation that adds ids to a group, or those that take them away. */
export function memberOperationsEntra(
  verb: 'add' | 'remove',
  ids: readonly string[],
  compliant: boolean,
): readonly JsonObject[] {
  if (!compliant) {
    const value = ids.map((id) => ({ $ref: null, value: id }));
    return [{ op: verb === 'add' ? 'Add' : 'Remove', path: 'members', value }];
  }
  if (verb === 'add') return [{ op: 'add', path: 'members', value: ids.map((value) => ({ value })) }];
  return ids.map((id) => ({ op: 'remove', path: `members[value eq ${literal(id)}]` }));
}

function operation(
  path: string,
  parsed: TargetPath,
  from: Json | undefined,
  to: Json | undefined,
  compliant: boolean,
): JsonObject {
  const verb = (name: 'Add' | 'Replace' | 'Remove') => (compliant ? name.toLowerCase() : name);
  if (isManager(parsed)) return { op: verb(from === undefined ? 'Add' : 'Replace'), path, value: to ?? '' };
  if (to === undefined) return { op: verb('Remove'), path };
  if (isArray(to) && !compliant) return { op: 'Add', path, value: to.map(asListed) };
  const value = compliant ? to : asText(to);
  return { op: verb(from === undefined ? 'Add' : 'Replace'), path, value };
}

const isSimple = (path: TargetPath, to: Json | undefined): boolean =>
  path.terms === undefined && !isManager(path) && to !== undefined && !isArray(to) && !isObject(to);

function asText(value: Json): Json {
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  return typeof value === 'number' ? String(value) : value;
}

/** An element of a list: what is not an object with one value goes as text, also when that is JSON. */
function asListed(element: Json): Json {
  if (!isObject(element)) return { value: asText(element) };
  return Object.keys(element).length === 1 && 'value' in element ? element : { value: JSON.stringify(element) };
}
