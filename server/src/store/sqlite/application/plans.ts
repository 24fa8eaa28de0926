import type { Kysely } from 'kysely';
import type { Applications, StoredPlanItem } from '../../application-contract.ts';
import type { Database } from '../../tables.ts';
import type { GroupCommit } from '../group-commit.ts';
import { planItemOf, planItemRow, planOf, planRow } from './application-rows.ts';

type Plans = Pick<Applications, 'addPlan' | 'plans' | 'plan' | 'planItems' | 'savePlan' | 'savePlanItems'>;

/** Dry runs that are kept. */
export function createPlans(read: Kysely<Database>, write: Kysely<Database>, run: GroupCommit['run']): Plans {
  async function writeItem(application: number, item: StoredPlanItem): Promise<void> {
    const row = planItemRow(application, item);
    const upsert = write.insertInto('plan_item').values(row);
    await upsert.onConflict((conflict) => conflict.columns(['application', 'plan', 'n']).doUpdateSet(row)).execute();
  }

  return {
    async addPlan(plan, items) {
      const { application, id } = plan;
      try {
        // Nobody sees the items before the plan itself is there, which comes last.
        for await (const page of items) {
          await run(async () => {
            for (const item of page) await writeItem(application, item);
          });
        }
        await run(async () => {
          await write.insertInto('plan').values(planRow(plan)).execute();
        });
      } catch (error) {
        await run(async () => {
          await write.deleteFrom('plan_item').where('application', '=', application).where('plan', '=', id).execute();
        });
        throw error;
      }
    },
    async plans(key) {
      const rows = read.selectFrom('plan').selectAll().where('application', '=', key);
      return (await rows.orderBy('created', 'desc').orderBy('id').execute()).map(planOf);
    },
    async plan(id) {
      const row = await read.selectFrom('plan').selectAll().where('id', '=', id).executeTakeFirst();
      return row === undefined ? undefined : planOf(row);
    },
    async planItems(id, after, limit) {
      const rows = await read
        .selectFrom('plan_item')
        .selectAll()
        .where('application', '=', (select) => select.selectFrom('plan').select('application').where('id', '=', id))
        .where('plan', '=', id)
        .where('n', '>', after)
        .orderBy('n')
        .limit(limit)
        .execute();
      return rows.map(planItemOf);
    },
    savePlan: (plan) =>
      run(async () => {
        await write.updateTable('plan').set(planRow(plan)).where('id', '=', plan.id).execute();
      }),
    savePlanItems: (items) =>
      run(async () => {
        for (const item of items) {
          const plan = write.selectFrom('plan').select('application').where('id', '=', item.plan);
          const { application } = await plan.executeTakeFirstOrThrow();
          await writeItem(application, item);
        }
      }),
  };
}
