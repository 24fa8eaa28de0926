import { stagedListSchema, stagedOutcomeSchema } from '@rollcall/server/contract';
import { Command } from 'commander';
import { type Admin, applicationPath, withExamples } from '../admin-command.ts';
import { wrongUsage } from '../command-failed.ts';
import { table } from '../table.ts';

/** `rollcall application staged`: removals that wait for a person. */
export function stagedCommand(admin: Admin): Command {
  const command = new Command('staged')
    .description('Show the removals that the guard against accidental deletion holds')
    .argument('<app>');
  admin.command(command, async ({ client, args: [app = ''], print }) => {
    const list = await client.ask(stagedListSchema, { method: 'GET', path: applicationPath(app, 'staged') });
    print(list, () => {
      if (list.staged.length === 0) return 'No removal waits for a decision.\n';
      const rows = list.staged.map(({ action, type, label, reason, date, id }) => [
        action,
        type,
        label,
        date,
        id,
        reason,
      ]);
      const shown = table(['ACTION', 'TYPE', 'NAME', 'SINCE', 'ID', 'WHY'], rows);
      const more = list.total > rows.length ? `${rows.length} of ${list.total}\n` : '';
      return (
        `${shown}${more}\nIf they are meant: rollcall application allow ${app} --all\n` +
        `If not: put the directory or the scope right, then rollcall application reject ${app} --all\n`
      );
    });
  });
  return withExamples(command, [['rollcall application staged crm', 'who would be disabled or deleted, and why']]);
}

const WORDS = {
  allow: { description: 'Let removals go that the guard holds', done: 'carried out', example: 'carry them out' },
  reject: { description: 'Refuse removals that the guard holds', done: 'refused', example: 'leave them as they are' },
} as const;

/** `rollcall application allow` and `reject`. */
export function decideCommand(admin: Admin, decision: 'allow' | 'reject'): Command {
  const { description, done, example } = WORDS[decision];
  const command = new Command(decision)
    .description(description)
    .argument('<app>')
    .argument('[object...]', 'user:NAME, group:NAME or an id')
    .option('--all', 'all that wait');
  admin.command<{ readonly all?: boolean }>(command, async ({ client, options, args, print }) => {
    const [app = '', ...objects] = args;
    if ((options.all === true) === objects.length > 0) {
      throw wrongUsage('Name the objects, or --all.', `rollcall application staged ${app} shows which wait.`);
    }
    const body = objects.length === 0 ? {} : { objects };
    const path = applicationPath(app, 'staged', decision);
    const outcome = await client.ask(stagedOutcomeSchema, { method: 'POST', path, body });
    print(outcome, () => {
      const rest = outcome.waiting === 0 ? 'None waits any more.' : `${outcome.waiting} still wait.`;
      const what = outcome.decided === 1 ? '1 removal is' : `${outcome.decided} removals are`;
      return `${what} ${done}. ${rest}\n`;
    });
  });
  return withExamples(command, [
    [`rollcall application ${decision} crm user:anna@example.com`, `one of rollcall application staged`],
    [`rollcall application ${decision} crm --all`, example],
  ]);
}
