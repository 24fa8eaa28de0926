import { type Expression, type SqlBool, sql } from 'kysely';
import type { Spelling } from '../../search/spelling.ts';
import { indexKey, isHeldWhole, KEY_CHARACTERS } from '../index-key.ts';

/**
 * PostgreSQL's spelling of conditions. Keys that the index holds only the beginning of are compared with by their order;
 * whether they contain a text their documents tell, unless `hasLongKeys` says that there are none.
 */
export function spelling({ hasLongKeys }: { readonly hasLongKeys: boolean }): Spelling {
  return {
    held: indexKey,
    isOrdered: isHeldWhole,
    keysWith(operator, key, text) {
      const found = operator === 'co' ? contains(key, text) : endsWith(key, text);
      if (!hasLongKeys) return { condition: found, isExact: true };
      return {
        condition: sql<SqlBool>`(${found} OR char_length(${key}) > ${sql.lit(KEY_CHARACTERS)})`,
        isExact: false,
      };
    },
    contains,
    endsWith,
    boolean,
    modified: (_server, _type, operator, time) => sql<SqlBool>`resource.modified ${operator} ${time}`,
  };
}

const contains = (column: Expression<unknown>, text: string) => sql<SqlBool>`strpos(${column}, ${text}) > 0`;

const endsWith = (column: Expression<unknown>, text: string) =>
  text === '' ? sql<SqlBool>`TRUE` : sql<SqlBool>`right(${column}, ${sql.lit(Array.from(text).length)}) = ${text}`;

function boolean(names: readonly string[], value: boolean, isNot: boolean): Expression<SqlBool> {
  const place = sql.join(
    names.map((name) => sql`CAST(${name} AS text)`),
    sql` -> `,
  );
  const operator = isNot ? sql`IS DISTINCT FROM` : sql`IS NOT DISTINCT FROM`;
  return sql<SqlBool>`CAST(resource.document -> ${place} AS text) ${operator} ${sql.lit(String(value))}`;
}
