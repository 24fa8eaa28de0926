import { type Expression, type RawBuilder, type SqlBool, sql } from 'kysely';

/** What selects resources; not exact when it also selects some that do not satisfy the filter. */
export interface Condition {
  readonly condition: Expression<SqlBool>;
  readonly isExact: boolean;
}

/** What the databases spell differently in the condition that a filter becomes. */
export interface Spelling {
  /** A key as the index holds it: equal keys are equal there. */
  held(key: string): string;
  /** Whether comparing with this text in the index, by order or as a prefix, tells the same as comparing with whole keys. */
  isOrdered(text: string): boolean;
  /** Keys of the index that contain a text, or end with it. */
  keysWith(operator: 'co' | 'ew', key: Expression<unknown>, text: string): Condition;
  /** Whether a column's text contains another, or ends with it. */
  contains(column: Expression<unknown>, text: string): Expression<SqlBool>;
  endsWith(column: Expression<unknown>, text: string): Expression<SqlBool>;
  /** Whether a boolean at a place of the document has this value; `isNot` is its opposite. */
  boolean(names: readonly string[], value: boolean, isNot: boolean): Expression<SqlBool>;
  /** `resource.modified` compared with a time. */
  modified(server: number, type: string, operator: RawBuilder<unknown>, time: number): Expression<SqlBool>;
}

const contains = (column: Expression<unknown>, text: string) => sql<SqlBool>`instr(${column}, ${text}) > 0`;
const endsWith = (column: Expression<unknown>, text: string) =>
  text === '' ? sql<SqlBool>`TRUE` : sql<SqlBool>`substr(${column}, ${-Array.from(text).length}) = ${text}`;

export const SQLITE: Spelling = {
  held: (key) => key,
  isOrdered: () => true,
  keysWith: (operator, key, text) => ({
    condition: operator === 'co' ? contains(key, text) : endsWith(key, text),
    isExact: true,
  }),
  contains,
  endsWith,
  boolean(names, value, isNot) {
    const place = `$${names.map((name) => `."${name}"`).join('')}`;
    const operator = isNot ? sql`IS NOT` : sql`IS`;
    return sql<SqlBool>`json_type(resource.document, ${place}) ${operator} ${String(value)}`;
  },
  // A query of its own: in the outer one SQLite would rather walk the whole type in the order of seq.
  modified: (server, type, operator, time) =>
    sql<SqlBool>`resource.seq IN (SELECT timed.seq FROM resource AS timed WHERE timed.server = ${server} AND timed.type = ${type} AND timed.modified ${operator} ${time})`,
};
