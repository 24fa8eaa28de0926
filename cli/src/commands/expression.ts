import {
  expressionFunctionListSchema,
  type TriedExpressionView,
  triedExpressionSchema,
} from '@rollcall/server/contract';
import { Command } from 'commander';
import { type Admin, applicationPath, withExamples } from '../admin-command.ts';
import { CommandFailed, wrongUsage } from '../command-failed.ts';
import { table } from '../table.ts';
import { valueText } from './application-provision.ts';

interface Options {
  readonly user?: string;
  readonly group?: string;
}

/** `rollcall expression`: the language of mappings. */
export function expressionCommand(admin: Admin): Command {
  const command = new Command('expression').description('The expressions of mappings');
  command.addCommand(tryCommand(admin));
  command.addCommand(functionsCommand(admin));
  return withExamples(command, [
    [
      `rollcall expression try crm 'Join(" ", [givenName], [surname])' --user anna@example.com`,
      'what a user would get',
    ],
    ['rollcall expression functions', 'all of them, with an example each'],
  ]);
}

function tryCommand(admin: Admin): Command {
  const command = new Command('try')
    .description('Evaluate an expression with a user or group of the directory')
    .argument('<app>', 'application whose directory is meant')
    .argument('<expression>')
    .option('--user <name>', 'userName, externalId or id')
    .option('--group <name>', 'displayName, externalId or id');
  admin.command<Options>(command, async ({ client, options, args: [app = '', expression = ''], print }) => {
    const { user, group } = options;
    if ((user === undefined) === (group === undefined)) throw wrongUsage('Choose --user or --group.');
    const body = { expression, object: user === undefined ? `group:${group}` : `user:${user}` };
    const path = applicationPath(app, 'expression');
    const tried = await client.ask(triedExpressionSchema, { method: 'POST', path, body });
    print(tried, () => (tried.error === null ? `${valueText(tried.value)}\n` : ''));
    if (tried.error !== null) throw new CommandFailed(tried.error.message, pointer(expression, tried.error));
  });
  return withExamples(command, [
    [`rollcall expression try crm 'ToUpper([surname])' --user anna@example.com`, 'the value, or where it is wrong'],
  ]);
}

/** The expression with a mark under the place that is wrong. */
function pointer(expression: string, { position }: NonNullable<TriedExpressionView['error']>): string {
  const before = expression.slice(0, position);
  const line = before.slice(before.lastIndexOf('\n') + 1).length;
  const until = expression.indexOf('\n', position);
  return `${until < 0 ? expression : expression.slice(0, until)}\n${' '.repeat(line)}^`;
}

function functionsCommand(admin: Admin): Command {
  const command = new Command('functions').description('List the functions that expressions may use');
  admin.command(command, async ({ client, print }) => {
    const list = await client.ask(expressionFunctionListSchema, { method: 'GET', path: '/api/expression-functions' });
    print(list, () =>
      table(
        ['FUNCTION', 'WHAT IT DOES', 'EXAMPLE', 'GIVES'],
        list.functions.map(({ name, summary, example, result }) => [name, summary, example, result]),
      ),
    );
  });
  return withExamples(command, [['rollcall expression functions --json', 'with their parameters']]);
}
