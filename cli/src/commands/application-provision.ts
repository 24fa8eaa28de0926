import { onDemandOutcomeSchema, type ProvisioningRecordView } from '@rollcall/server/contract';
import { Command } from 'commander';
import { type Admin, applicationPath, withExamples } from '../admin-command.ts';
import { CommandFailed, wrongUsage } from '../command-failed.ts';
import { jsonText } from '../printable.ts';
import { table } from '../table.ts';

interface Options {
  readonly user?: string;
  readonly group?: string;
  readonly member?: string[];
}

/** `rollcall application provision`: one user or group now, step by step. */
export function provisionCommand(admin: Admin): Command {
  const command = new Command('provision')
    .description('Provision one user, or a group and some members, now, and show every step')
    .argument('<app>')
    .option('--user <name>', 'userName, externalId or id')
    .option('--group <name>', 'displayName, externalId or id')
    .option('--member <name...>', 'members of the group that are to be provisioned with it');
  admin.command<Options>(command, async ({ client, options, args: [app = ''], print }) => {
    const { user, group, member } = options;
    if ((user === undefined) === (group === undefined)) throw wrongUsage('Choose --user or --group.');
    if (member !== undefined && group === undefined) throw wrongUsage('--member goes with --group.');
    const body = { user, group, members: member?.flatMap((names) => names.split(',')) };
    const path = applicationPath(app, 'provision');
    const outcome = await client.ask(onDemandOutcomeSchema, { method: 'POST', path, body });
    print(outcome, () => outcome.records.map(recordText).join('\n') || 'Nothing was to be done.\n');
    const failed = outcome.records.filter(({ status }) => status === 'failure');
    if (failed.length > 0) throw new CommandFailed(`${failed.length} of ${outcome.records.length} failed.`);
  });
  return withExamples(command, [
    ['rollcall application provision crm --user anna@example.com', 'import, scope, match, decide, export'],
    ['rollcall application provision crm --group Sales --member anna@example.com', 'a group and one of its members'],
  ]);
}

/** What was done with one object, step by step. */
export function recordText(record: ProvisioningRecordView): string {
  const { type, label, action, status, reason, error, modified } = record;
  const steps = record.steps.map(({ name, status: outcome, description }, index) => [
    `  ${index + 1}.`,
    name,
    outcome,
    description,
  ]);
  const changes = modified.map(({ path, from, to }) => [`  ${path}`, valueText(from), '→', valueText(to)]);
  return [
    `${type} ${label}: ${action}, ${status}\n  ${reason}\n`,
    steps.length === 0 ? '' : table(['  ', 'STEP', 'STATUS', 'WHAT'], steps),
    changes.length === 0 ? '' : table(['  ATTRIBUTE', 'BEFORE', '', 'AFTER'], changes),
    error === null ? '' : `  ${error.code}: ${error.message}\n  ${error.advice}\n`,
    record.nextTryAt === null ? '' : `  Next try: ${record.nextTryAt}\n`,
  ].join('');
}

/** A value in a table: text as it is, nothing as nothing, anything else as JSON. */
export const valueText = (value: unknown): string =>
  value === null || value === undefined ? '' : typeof value === 'string' ? value : jsonText(value);
