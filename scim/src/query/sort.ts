import { invalidValue } from '../error.ts';
import type { ComparisonKey } from '../filter/ast.ts';
import { attributeValue, memberOf } from '../filter/attribute-value.ts';
import { isNeverReturned, subReference } from '../filter/reference.ts';
import { shown } from '../filter/shown.ts';
import { isArray, type Json, type JsonObject } from '../json.ts';
import { resolveAttribute } from '../schema/resolve.ts';
import type { AttributeReference, ResourceType } from '../schema/resource-type.ts';
import { compareKeys, comparisonKey } from '../value/comparison-key.ts';

/** The order of a list. */
export interface Sort {
  readonly path: AttributeReference;
  readonly descending: boolean;
}

/**
 * Reads `sortBy` and `sortOrder` (RFC 7644 §3.4.2.3). Of several resource types one must know the attribute; the others
 * have no value for it. A multi-valued complex attribute stands for its `value`. Without `sortBy`, `sortOrder` means
 * nothing.
 *
 * @throws invalidValue for an unknown attribute, one without an order and one that is never returned, and for another
 * `sortOrder` than ascending or descending.
 */
export function parseSort(
  type: ResourceType | readonly ResourceType[],
  sortBy?: string,
  sortOrder?: string,
): Sort | undefined {
  if (sortBy === undefined) return undefined;
  return {
    path: sortable(findPath('endpoint' in type ? [type] : type, sortBy), sortBy),
    descending: isDescending(sortOrder),
  };
}

function findPath(types: readonly ResourceType[], sortBy: string): AttributeReference {
  for (const type of types) {
    const path = resolveAttribute(type, sortBy, { guessExtension: false });
    if (path !== undefined) return path;
  }
  throw invalidValue(
    `sortBy names "${shown(sortBy)}", which is not an attribute of ${types.map((type) => type.name).join(' or ')}.`,
  );
}

function sortable(path: AttributeReference, sortBy: string): AttributeReference {
  if (isNeverReturned(path)) throw invalidValue(`sortBy names "${shown(sortBy)}", which is never returned.`);
  if (path.attribute.type !== 'complex' || path.sub !== undefined) return path;
  const value = path.attribute.multiValued ? subReference(path, 'value') : undefined;
  if (value === undefined) {
    throw invalidValue(`sortBy names "${shown(sortBy)}", which is complex; name one of its sub-attributes.`);
  }
  return value;
}

function isDescending(sortOrder: string | undefined): boolean {
  const order = sortOrder?.toLowerCase() ?? 'ascending';
  if (order !== 'ascending' && order !== 'descending') throw invalidValue('sortOrder must be ascending or descending.');
  return order === 'descending';
}

/**
 * What a resource is sorted by: its value, or that of the primary element of a multi-valued attribute, or of its first
 * element when none is primary. undefined for a resource without a value.
 */
export function sortKey(sort: Sort, resource: JsonObject): ComparisonKey | undefined {
  const { attribute, sub } = sort.path;
  const value = preferred(attributeValue(sort.path, resource));
  const sorted = sub === undefined ? value : preferred(memberOf(value, sub.name));
  return sorted === undefined ? undefined : comparisonKey(sub ?? attribute, sorted);
}

function preferred(value: Json | undefined): Json | undefined {
  if (!isArray(value)) return value;
  return value.find((element) => memberOf(element, 'primary') === true) ?? value[0];
}

/**
 * Compares two sort keys in the direction of `sort`. A resource without a value is last when ascending and first when
 * descending (RFC 7644 §3.4.2.3). Equal keys give 0: the caller breaks the tie, so that pages are stable.
 */
export function compareSortKeys(sort: Sort, a: ComparisonKey | undefined, b: ComparisonKey | undefined): number {
  const ascending = compareMissingLast(a, b);
  return sort.descending ? -ascending : ascending;
}

function compareMissingLast(a: ComparisonKey | undefined, b: ComparisonKey | undefined): number {
  if (a === undefined || b === undefined) return Number(a === undefined) - Number(b === undefined);
  return compareKeys(a, b);
}
