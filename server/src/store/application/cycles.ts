import type { Kysely } from 'kysely';
import type { Applications } from '../application-contract.ts';
import type { Database } from '../tables.ts';
import { cycleOf, cycleRow } from './application-rows.ts';
import type { Write } from './applications.ts';

type Cycles = Pick<Applications, 'saveCycle' | 'cycles' | 'cycle'>;

/** The cycles of all applications. */
export function createCycles(
  read: Kysely<Database>,
  writeUnder: (application: number, fence: number | undefined) => Write,
): Cycles {
  return {
    saveCycle: (cycle, fence) =>
      writeUnder(
        cycle.application,
        fence,
      )(async (db) => {
        const { id, ...columns } = cycleRow(cycle);
        await db
          .insertInto('cycle')
          .values({ id, ...columns })
          .onConflict((conflict) => conflict.column('id').doUpdateSet(columns))
          .execute();
      }),
    async cycles(key, limit) {
      const newest = read.selectFrom('cycle').selectAll().where('application', '=', key);
      return (await newest.orderBy('began', 'desc').orderBy('id').limit(limit).execute()).map(cycleOf);
    },
    async cycle(id) {
      const row = await read.selectFrom('cycle').selectAll().where('id', '=', id).executeTakeFirst();
      return row === undefined ? undefined : cycleOf(row);
    },
  };
}
