import { type RawBuilder, sql } from 'kysely';
import type { Dialect } from '../statements.ts';

/** Milliseconds since 1970 by the clock of the database, which is the same for all processes. */
export const clock = (dialect: Dialect): RawBuilder<number> =>
  dialect === 'sqlite'
    ? sql<number>`CAST(unixepoch('subsec') * 1000 AS INTEGER)`
    : sql<number>`CAST(EXTRACT(EPOCH FROM clock_timestamp()) * 1000 AS bigint)`;
