import type { Kysely } from 'kysely';
import type { Applications, StoredPlanItem } from '../application-contract.ts';
import type { Database } from '../tables.ts';
import { planItemOf, planItemRow, planOf, planRow } from './application-rows.ts';
import { pieces, type Write } from './applications.ts';

type Plans = Pick<Applications, 'addPlan' | 'plans' | 'plan' | 'planItems' | 'savePlan' | 'savePlanItems'>;

/** Dry runs that are kept. */
export function createPlans(read: Kysely<Database>, write: Write): Plans {
  return {
    async addPlan(plan, items) {
      const { application, id } = plan;
      try {
        // Nobody sees the items before the plan itself is there, which comes last.
        for await (const page of items) await write((db) => writeItems(db, application, page));
        await write(async (db) => {
          await db.insertInto('plan').values(planRow(plan)).execute();
        });
      } catch (error) {
        await write(async (db) => {
          await db.deleteFrom('plan_item').where('application', '=', application).where('plan', '=', id).execute();
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
      write(async (db) => {
        await db.updateTable('plan').set(planRow(plan)).where('id', '=', plan.id).execute();
      }),
    savePlanItems: (items) =>
      write(async (db) => {
        for (const [id, ofPlan] of Map.groupBy(items, ({ plan }) => plan)) {
          const plan = db.selectFrom('plan').select('application').where('id', '=', id);
          const { application } = await plan.executeTakeFirstOrThrow();
          await writeItems(db, application, ofPlan);
        }
      }),
  };
}

async function writeItems(db: Kysely<Database>, application: number, items: readonly StoredPlanItem[]): Promise<void> {
  for (const some of pieces(items)) {
    await db
      .insertInto('plan_item')
      .values(some.map((item) => planItemRow(application, item)))
      .onConflict((conflict) =>
        conflict.columns(['application', 'plan', 'n']).doUpdateSet((column) => ({
          type: column.ref('excluded.type'),
          source_id: column.ref('excluded.source_id'),
          label: column.ref('excluded.label'),
          action: column.ref('excluded.action'),
          reason: column.ref('excluded.reason'),
          fingerprint: column.ref('excluded.fingerprint'),
          state: column.ref('excluded.state'),
          outcome: column.ref('excluded.outcome'),
          changes: column.ref('excluded.changes'),
        })),
      )
      .execute();
  }
}
