import { type AssignmentView, assignmentListSchema } from '@rollcall/server/contract';
import { Command } from 'commander';
import { type Admin, applicationPath, withExamples } from '../admin-command.ts';
import { table } from '../table.ts';

const OBJECT = 'user:NAME or group:NAME (userName, displayName, externalId), or an id';

/** `rollcall application assign`. */
export function assignCommand(admin: Admin): Command {
  const command = new Command('assign')
    .description('Provision users and groups into an application; of a group, its direct members too')
    .argument('<app>')
    .argument('<object...>', OBJECT)
    .option('--nested', 'also the members of groups in the groups');
  admin.command<{ readonly nested?: boolean }>(command, async ({ client, options, args, print }) => {
    const [app = '', ...objects] = args;
    const body = { objects, nested: options.nested === true };
    const path = applicationPath(app, 'assignments');
    const added = await client.ask(assignmentListSchema, { method: 'POST', path, body });
    print(added, () => `Assigned:\n${listed(added.assignments)}`);
  });
  return withExamples(command, [
    ['rollcall application assign crm user:anna@example.com group:Sales', 'a person, and a group with its members'],
    ['rollcall application assign crm group:Everybody --nested', 'also the members of the groups in it'],
  ]);
}

/** `rollcall application unassign`. */
export function unassignCommand(admin: Admin): Command {
  const command = new Command('unassign')
    .description('Take users and groups out of the scope of an application')
    .argument('<app>')
    .argument('<object...>', OBJECT);
  admin.command(command, async ({ client, args, print }) => {
    const [app = '', ...objects] = args;
    const path = applicationPath(app, 'assignments');
    const removed = await client.ask(assignmentListSchema, { method: 'DELETE', path, body: { objects } });
    print(removed, () => `No longer assigned:\n${listed(removed.assignments)}`);
  });
  return withExamples(command, [
    ['rollcall application unassign crm group:Sales', 'what becomes of its members in the target, leaving=... says'],
  ]);
}

/** `rollcall application assignments`. */
export function assignmentsCommand(admin: Admin): Command {
  const command = new Command('assignments').description('Show who is assigned').argument('<app>');
  admin.command(command, async ({ client, args: [app = ''], print }) => {
    const list = await client.ask(assignmentListSchema, { method: 'GET', path: applicationPath(app, 'assignments') });
    print(list, () => {
      if (list.assignments.length > 0) return listed(list.assignments);
      return `Nobody. Assign somebody: rollcall application assign ${app} group:NAME\n`;
    });
  });
  return withExamples(command, [['rollcall application assignments crm', 'with what is gone from the directory']]);
}

const listed = (assignments: readonly AssignmentView[]): string =>
  table(
    ['TYPE', 'NAME', 'NESTED', 'ID'],
    assignments.map(({ type, label, nested, id }) => [
      type,
      label ?? '(gone from the directory)',
      nested ? 'yes' : '',
      id,
    ]),
  );
