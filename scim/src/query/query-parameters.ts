import { invalidFilter, invalidSyntax, invalidValue } from '../error.ts';
import { splitAttributeLists } from './attribute-list.ts';
import type { Query } from './query.ts';

/**
 * Reads the query of a URL (RFC 7644 §3.4.2), without its `?`. A `+` is a space, as form encoding has it and Entra sends
 * it; empty places between `&` are passed over, as OneLogin sends one at the end; unknown parameters are ignored.
 *
 * @throws invalidSyntax for a broken percent-encoding, invalidFilter for an empty or repeated filter, invalidValue for
 * another parameter that is repeated; lists of attributes may be.
 */
export function parseQuery(query: string): Query {
  const values = new Map<string, string[]>();
  for (const part of query.split('&')) {
    const equals = part.indexOf('=');
    const name = decode(equals === -1 ? part : part.slice(0, equals));
    if (!KNOWN.has(name)) continue;
    const value = decode(equals === -1 ? '' : part.slice(equals + 1));
    const earlier = values.get(name);
    if (earlier === undefined) values.set(name, [value]);
    else earlier.push(value);
  }
  return {
    filter: readFilter(values.get('filter')),
    sortBy: readSingle(values, 'sortBy'),
    sortOrder: readSingle(values, 'sortOrder'),
    startIndex: readSingle(values, 'startIndex'),
    count: readSingle(values, 'count'),
    cursor: readSingle(values, 'cursor'),
    attributes: readList(values.get('attributes')),
    excludedAttributes: readList(values.get('excludedAttributes')),
  };
}

const KNOWN: ReadonlySet<string> = new Set<keyof Query>([
  'filter',
  'sortBy',
  'sortOrder',
  'startIndex',
  'count',
  'cursor',
  'attributes',
  'excludedAttributes',
]);

function decode(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    throw invalidSyntax('The query of the URL has a percent sign that two hexadecimal digits of UTF-8 do not follow.');
  }
}

function readFilter(values: readonly string[] | undefined): string | undefined {
  if (values === undefined) return undefined;
  const [filter, ...more] = values;
  if (more.length > 0) throw invalidFilter('filter is given twice; join the expressions with "and".');
  if (filter === '') throw invalidFilter('filter is empty; leave it out or give it an expression.');
  return filter;
}

function readSingle(values: ReadonlyMap<string, readonly string[]>, name: keyof Query): string | undefined {
  const [value, ...more] = values.get(name) ?? [];
  if (more.length > 0) throw invalidValue(`${name} is given twice.`);
  return value;
}

function readList(values: readonly string[] | undefined): readonly string[] | undefined {
  return values === undefined ? undefined : splitAttributeLists(values);
}
