import {
  type PlanItemView,
  type PlanView,
  type PlanWithItemsView,
  planItemSchema,
  planListSchema,
  planSchema,
  planWithItemsSchema,
} from '@rollcall/server/contract';
import { Command } from 'commander';
import type { AdminClient } from '../admin-client.ts';
import { type Admin, applicationPath, pathOf, queryOf, withExamples } from '../admin-command.ts';
import { table } from '../table.ts';

const PAGE = '1000';
/** Items that are shown of a new plan; `plans APP PLAN` shows all. */
const SHOWN = 50;

/** `rollcall application plan`: a dry run over everything. */
export function planCommand(admin: Admin): Command {
  const command = new Command('plan')
    .description('Find out what would be done, and keep it as a plan; nothing is sent but searches')
    .argument('<app>');
  admin.command(command, async ({ client, args: [app = ''], print }) => {
    const { id } = await client.ask(planSchema, { method: 'POST', path: applicationPath(app, 'plans') });
    const plan = await whole(client, id);
    print(plan, () => {
      const { length } = plan.items;
      if (length === 0) return 'Nothing is to be done.\n';
      const more = length > SHOWN ? `... and ${length - SHOWN} more: rollcall application plans ${app} ${id}\n` : '';
      return `${describe(plan, plan.items.slice(0, SHOWN))}${more}\nTo do it: rollcall application apply ${id}\n`;
    });
  });
  return withExamples(command, [
    ['rollcall application plan crm', 'what a full cycle would create, change and remove'],
    ['rollcall application plan crm --json', 'with every item, for a program'],
  ]);
}

/** `rollcall application plans`: what was planned. */
export function plansCommand(admin: Admin): Command {
  const command = new Command('plans')
    .description('List the plans of an application, or show one whole')
    .argument('<app>')
    .argument('[plan]', 'id of a plan');
  admin.command(command, async ({ client, args: [app = '', id], print }) => {
    if (id !== undefined) {
      const plan = await whole(client, id);
      return print(plan, () => describe(plan, plan.items));
    }
    const list = await client.ask(planListSchema, { method: 'GET', path: applicationPath(app, 'plans') });
    print(list, () => {
      if (list.plans.length === 0) return `None. Make one: rollcall application plan ${app}\n`;
      const rows = list.plans.map((plan) => [plan.id, plan.state, plan.createdAt, plan.by, countsText(plan)]);
      return table(['ID', 'STATE', 'MADE', 'BY', 'ITEMS'], rows);
    });
  });
  return withExamples(command, [
    ['rollcall application plans crm', 'newest first'],
    ['rollcall application plans crm 0198...', 'one, with what became of every item'],
  ]);
}

/** `rollcall application apply`: carries a plan out. */
export function applyCommand(admin: Admin): Command {
  const command = new Command('apply')
    .description('Carry out a plan; items whose inputs have changed since are refused, one by one')
    .argument('<plan>', 'id of the plan');
  admin.command(command, async ({ client, args: [id = ''], print }) => {
    await client.ask(planSchema, { method: 'POST', path: pathOf('/api/plans', id, 'apply') });
    const plan = await whole(client, id);
    print(plan, () => {
      const left = plan.items.filter(({ state }) => state !== 'applied');
      const done = `${plan.items.length - left.length} of ${plan.items.length} items were carried out.\n`;
      return left.length === 0 ? done : `${done}\n${itemTable(left)}`;
    });
  });
  return withExamples(command, [['rollcall application apply 0198...', 'the id is that of rollcall application plan']]);
}

/** `rollcall application discard`: gives a plan up, or items of it. */
export function discardCommand(admin: Admin): Command {
  const command = new Command('discard')
    .description('Give up a plan, or take single items out of it')
    .argument('<plan>', 'id of the plan')
    .argument('[item...]', 'numbers of items');
  admin.command(command, async ({ client, args: [id = '', ...numbers], print }) => {
    if (numbers.length === 0) {
      const plan = await client.ask(planSchema, { method: 'POST', path: pathOf('/api/plans', id, 'discard') });
      return print(plan, () => 'The plan is discarded.\n');
    }
    const items: PlanItemView[] = [];
    for (const n of numbers) {
      const path = pathOf('/api/plans', id, 'items', n, 'reject');
      items.push(await client.ask(planItemSchema, { method: 'POST', path }));
    }
    print({ items }, () => `Taken out of the plan:\n${itemTable(items)}`);
  });
  return withExamples(command, [
    ['rollcall application discard 0198...', 'the whole plan'],
    ['rollcall application discard 0198... 3 7', 'two items; the rest can be applied'],
  ]);
}

async function whole(client: AdminClient, id: string): Promise<PlanWithItemsView> {
  const page = (after: string | undefined) =>
    client.ask(planWithItemsSchema, {
      method: 'GET',
      path: pathOf('/api/plans', id) + queryOf({ limit: PAGE, after }),
    });
  const first = await page(undefined);
  const items = [...first.items];
  for (let { next } = first; next !== null; ) {
    const more = await page(String(next));
    items.push(...more.items);
    next = more.next;
  }
  return { ...first, items, next: null };
}

const countsText = ({ counts }: PlanView): string =>
  Object.entries(counts)
    .map(([action, count]) => `${count} ${action}`)
    .join(', ');

const describe = (plan: PlanView, items: readonly PlanItemView[]): string =>
  `Plan ${plan.id} of ${plan.application}, ${plan.state}: ${countsText(plan)}\n\n${itemTable(items)}`;

const itemTable = (items: readonly PlanItemView[]): string =>
  table(
    ['N', 'ACTION', 'TYPE', 'NAME', 'STATE', 'WHY'],
    items.map(({ n, action, type, label, state, reason, outcome }) => [
      String(n),
      action,
      type,
      label,
      state,
      outcome ?? reason,
    ]),
  );
