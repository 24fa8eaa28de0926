import type { AttributeReference, BoundFilter, ComparisonOperator } from '@rollcall/scim';
import { type Expression, type RawBuilder, type SqlBool, sql } from 'kysely';
import { type IndexedPath, isKeyed, isText } from './path.ts';
import { prefixEnd } from './prefix-end.ts';

/** An expression of a filter: `pr` or a comparison. */
export type Term = Extract<BoundFilter, { kind: 'present' | 'compare' }>;

const TRUE = sql<SqlBool>`1`;
const FALSE = sql<SqlBool>`0`;

/** What selects exactly the resources with an `id` like this. Every resource has one. */
export function idCondition(term: Term): Expression<SqlBool> | undefined {
  if (term.kind === 'present') return TRUE;
  if (term.key === null) return term.operator === 'ne' ? TRUE : FALSE;
  return typeof term.key === 'string' ? textCondition(sql.ref('resource.id'), term.operator, term.key) : undefined;
}

/** The same for `meta.created` and `meta.lastModified`, which are columns of milliseconds. */
export function timeCondition(
  server: number,
  type: string,
  column: 'created' | 'modified',
  term: Term,
): Expression<SqlBool> | undefined {
  if (term.kind === 'present') return TRUE;
  if (term.key === null) return term.operator === 'ne' ? TRUE : FALSE;
  const operator = ORDERING[term.operator];
  if (operator === undefined || typeof term.key !== 'number') return undefined;
  if (column === 'created') return sql<SqlBool>`resource.created ${operator} ${term.key}`;
  // A query of its own: in the outer one SQLite would rather walk the whole type in the order of seq.
  return sql<SqlBool>`resource.seq IN (SELECT timed.seq FROM resource AS timed WHERE timed.server = ${server} AND timed.type = ${type} AND timed.modified ${operator} ${term.key})`;
}

/**
 * The same for a boolean that no resource has twice. SQLite finds it in the document's text in a fifth of the time that
 * reading and parsing the document here would take.
 */
export function booleanCondition(path: AttributeReference, term: Term): Expression<SqlBool> | undefined {
  const { attribute, sub, extension } = path;
  const isSingle = !attribute.multiValued && sub?.multiValued !== true;
  if (!isSingle || (sub ?? attribute).type !== 'boolean' || term.kind !== 'compare') return undefined;
  if (typeof term.key !== 'boolean' || (term.operator !== 'eq' && term.operator !== 'ne')) return undefined;
  const names = [extension, attribute.name, sub?.name].filter((name) => name !== undefined);
  // What a path within JSON cannot quote stays out of it.
  if (names.some((name) => /["\\]/.test(name))) return undefined;
  const place = `$${names.map((name) => `."${name}"`).join('')}`;
  const operator = term.operator === 'eq' ? sql`IS` : sql`IS NOT`;
  return sql<SqlBool>`json_type(resource.document, ${place}) ${operator} ${String(term.key)}`;
}

/**
 * What selects exactly the resources for which a term about an indexed attribute is true; undefined where the index
 * cannot tell. `ne` and `eq null` of an attribute that can have several values are true of any one value, or of none:
 * that is not the opposite of a lookup.
 */
export function indexCondition(server: number, type: string, path: IndexedPath, term: Term) {
  const holders = (key: Expression<SqlBool>) =>
    sql<number>`(SELECT value.seq FROM ${sql.table(path.table)} AS value WHERE value.server = ${server} AND value.type = ${type} AND value.path = ${path.text} AND ${key})`;
  const among = (key: Expression<SqlBool>) => sql<SqlBool>`resource.seq IN ${holders(key)}`;
  const notAmong = (key: Expression<SqlBool>) => sql<SqlBool>`resource.seq NOT IN ${holders(key)}`;

  if (!isKeyed(path)) return undefined;
  if (term.kind === 'present') return among(IS_NOT_EMPTY);
  if (term.key === null) {
    if (term.operator === 'ne') return among(IS_NOT_EMPTY);
    return path.isSingle ? notAmong(IS_NOT_EMPTY) : undefined;
  }
  const key = String(term.key);
  if (path.lacksEmpty && meetsEmpty(term.operator, key)) return undefined;
  if (term.operator === 'eq') return among(sql<SqlBool>`${KEY} = ${key}`);
  if (term.operator === 'ne') return path.isSingle ? notAmong(sql<SqlBool>`${KEY} = ${key}`) : undefined;
  const condition = isText(path) ? textCondition(KEY, term.operator, key) : undefined;
  return condition === undefined ? undefined : among(condition);
}

const KEY = sql.ref('value.key');
const IS_NOT_EMPTY = sql<SqlBool>`${KEY} <> ''`;

const ORDERING: Readonly<Partial<Record<ComparisonOperator, RawBuilder<unknown>>>> = {
  eq: sql`=`,
  ne: sql`<>`,
  gt: sql`>`,
  ge: sql`>=`,
  lt: sql`<`,
  le: sql`<=`,
};

function textCondition(column: Expression<unknown>, operator: ComparisonOperator, key: string): Expression<SqlBool> {
  const ordering = ORDERING[operator];
  if (ordering !== undefined) return sql<SqlBool>`${column} ${ordering} ${key}`;
  if (operator === 'co') return sql<SqlBool>`instr(${column}, ${key}) > 0`;
  if (operator === 'ew')
    return key === '' ? TRUE : sql<SqlBool>`substr(${column}, ${-Array.from(key).length}) = ${key}`;
  const end = prefixEnd(key);
  if (end === undefined) return sql<SqlBool>`${column} >= ${key}`;
  return sql<SqlBool>`${column} >= ${key} AND ${column} < ${end}`;
}

/** Whether the answer hangs on values "", which the table may lack. */
function meetsEmpty(operator: ComparisonOperator, key: string): boolean {
  if (operator === 'gt') return false;
  return operator === 'le' || (operator === 'lt' ? key !== '' : key === '');
}
