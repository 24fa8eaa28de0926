import { type RawBuilder, type SqlBool, sql } from 'kysely';

/** A value that is bound, or a column of the statement. */
type Value = string | number | RawBuilder<unknown>;

/**
 * The resources of a type after a seq, with `TYPE_ORDER` in order of creation. Written as a range of `resource_type`, so
 * that there is no other index with this order: with `server = … ORDER BY seq LIMIT …` the planner may walk through the
 * primary key, which is past everybody else's resources when these are not where it expects them.
 */
export function typeAfter(server: Value, type: Value, seq: Value): RawBuilder<SqlBool> {
  return sql<SqlBool>`(resource.server, resource.type, resource.seq) > (${server}, ${type}, ${seq})
    AND (resource.server, resource.type) <= (${server}, ${type})`;
}

/** The same before a seq, for the reverse order. */
export function typeBefore(server: Value, type: Value, seq: Value): RawBuilder<SqlBool> {
  return sql<SqlBool>`(resource.server, resource.type, resource.seq) < (${server}, ${type}, ${seq})
    AND (resource.server, resource.type) >= (${server}, ${type})`;
}

export const TYPE_ORDER = sql`ORDER BY resource.server, resource.type, resource.seq`;
export const TYPE_ORDER_REVERSED = sql`ORDER BY resource.server DESC, resource.type DESC, resource.seq DESC`;
