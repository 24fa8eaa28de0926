import type { Kysely } from 'kysely';
import type { Applications } from '../../application-contract.ts';
import type { Database } from '../../tables.ts';
import type { GroupCommit } from '../group-commit.ts';
import { cycleOf, cycleRow } from './application-rows.ts';

type Cycles = Pick<Applications, 'saveCycle' | 'cycles' | 'cycle'>;

/** The cycles of all applications. */
export function createCycles(read: Kysely<Database>, write: Kysely<Database>, run: GroupCommit['run']): Cycles {
  return {
    saveCycle: (cycle) =>
      run(async () => {
        const { id, ...columns } = cycleRow(cycle);
        await write
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
