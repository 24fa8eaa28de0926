import { invalidFilter, invalidSyntax, invalidValue } from '../error.ts';
import { isArray, isObject, type Json } from '../json.ts';
import { type Fields, namesSchema, readFields } from '../message/fields.ts';
import { numberOfString } from '../quirks/number-as-string.ts';
import type { Rules } from '../rules.ts';
import { splitAttributeLists } from './attribute-list.ts';
import type { Query } from './query.ts';

export const SEARCH_REQUEST_SCHEMA = 'urn:ietf:params:scim:api:messages:2.0:SearchRequest';

/**
 * Reads the body of a search request (RFC 7644 §3.4.3, RFC 9865 §3). Names of members are read in any case, `null` is
 * absent, unknown members are ignored, and a comma-separated string may stand for a list of attributes.
 *
 * @throws invalidSyntax for what is no search request, invalidValue naming a member of the wrong type, invalidFilter for
 * an empty filter.
 */
export function parseSearchRequest(body: Json, rules: Rules): Query {
  if (!isObject(body)) throw invalidSyntax('The body of a search must be a JSON object.');
  const fields = readFields(body);
  if (!namesSchema(fields, SEARCH_REQUEST_SCHEMA)) {
    throw invalidSyntax(`schemas must be an array that holds ${SEARCH_REQUEST_SCHEMA}.`);
  }
  const filter = readString(fields, 'filter');
  if (filter === '') throw invalidFilter('filter is empty; leave it out or give it an expression.');
  return {
    filter,
    sortBy: readString(fields, 'sortBy'),
    sortOrder: readString(fields, 'sortOrder'),
    startIndex: readNumber(fields, 'startIndex', rules),
    count: readNumber(fields, 'count', rules),
    cursor: readString(fields, 'cursor'),
    attributes: readList(fields, 'attributes'),
    excludedAttributes: readList(fields, 'excludedAttributes'),
  };
}

function readString(fields: Fields, name: string): string | undefined {
  const value = fields.get(name.toLowerCase()) ?? undefined;
  if (value !== undefined && typeof value !== 'string') throw invalidValue(`${name} must be a string.`);
  return value;
}

function readNumber(fields: Fields, name: string, rules: Rules): number | undefined {
  const given = fields.get(name.toLowerCase()) ?? undefined;
  const value = typeof given === 'string' ? numberOfString(given, rules, name) : given;
  if (given !== undefined && typeof value !== 'number') throw invalidValue(`${name} must be an integer.`);
  return typeof value === 'number' ? value : undefined;
}

function readList(fields: Fields, name: string): readonly string[] | undefined {
  const value = fields.get(name.toLowerCase()) ?? undefined;
  if (value === undefined) return undefined;
  const lists = isArray(value) ? value : [value];
  if (!lists.every((list) => typeof list === 'string')) throw invalidValue(`${name} must be an array of strings.`);
  return splitAttributeLists(lists);
}
