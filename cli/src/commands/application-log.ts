import {
  type CycleView,
  cycleListSchema,
  type ProvisioningRecordView,
  provisioningLogSchema,
  provisioningRecordSchema,
} from '@rollcall/server/contract';
import { Command, Option } from 'commander';
import { type Admin, applicationPath, queryOf, withExamples } from '../admin-command.ts';
import { wrongUsage } from '../command-failed.ts';
import { jsonText } from '../printable.ts';
import { table } from '../table.ts';
import { recordText } from './application-provision.ts';
import { exchangeText } from './application-verdict.ts';

interface Options {
  readonly status?: string;
  readonly action?: string;
  readonly user?: string;
  readonly group?: string;
  readonly code?: string;
  readonly cycle?: string;
  readonly since?: string;
  readonly until?: string;
  readonly limit?: string;
  readonly export?: 'jsonl' | 'csv';
}

/** `rollcall application log`: the provisioning log. */
export function provisioningLogCommand(admin: Admin): Command {
  const command = new Command('log')
    .description('The provisioning log: what was done with whom, and why')
    .argument('<app>')
    .argument('[n]', 'number of one entry, to see it whole')
    .addOption(new Option('--status <status>', 'only these').choices(['success', 'failure', 'skipped', 'warning']))
    .addOption(
      new Option('--action <action>', 'only these').choices([
        'create',
        'update',
        'disable',
        'delete',
        'stagedDelete',
        'other',
      ]),
    )
    .option('--user <text>', 'id of a user, or part of the userName')
    .option('--group <text>', 'id of a group, or part of the displayName')
    .option('--code <code>', 'error code, such as EntryConflict')
    .option('--cycle <id>', 'what one cycle did')
    .option('--since <time>', 'from then on: 1d, 2026-03-01, 2026-03-01T08:00:00Z')
    .option('--until <time>', 'up to then')
    .option('--limit <n>', 'how many at most (default 100)')
    .addOption(new Option('--export <format>', 'print all of them').choices(['jsonl', 'csv']));
  admin.command<Options>(command, async ({ client, options, args: [app = '', n], terminal, print }) => {
    if (n !== undefined) {
      const entry = await client.ask(provisioningRecordSchema, { method: 'GET', path: applicationPath(app, 'log', n) });
      return print(
        entry,
        () => `${recordText(entry)}${entry.exchanges.map((one) => `\n${exchangeText(one)}`).join('')}`,
      );
    }
    const path = applicationPath(app, 'log') + queryOf(conditions(options));
    if (options.export !== undefined) {
      for await (const part of await client.stream({ method: 'GET', path })) terminal.out(String(part));
      return;
    }
    const { entries } = await client.ask(provisioningLogSchema, { method: 'GET', path });
    if (options.json === true) return terminal.out(entries.map((entry) => `${jsonText(entry)}\n`).join(''));
    print(entries, () => (entries.length === 0 ? 'Nothing.\n' : table(HEADINGS, entries.map(row))));
  });
  return withExamples(command, [
    ['rollcall application log crm --status failure --since 1d', 'what failed, with what to do'],
    ['rollcall application log crm --user anna', 'everything about a person'],
    ['rollcall application log crm 4711', 'one entry: steps, changed attributes, requests and answers'],
    ['rollcall application log crm --since 7d --export csv > log.csv', 'for a spreadsheet'],
  ]);
}

/** `rollcall application cycles`. */
export function cyclesCommand(admin: Admin): Command {
  const command = new Command('cycles')
    .description('List the cycles that ran, newest first')
    .argument('<app>')
    .option('--limit <n>', 'how many at most (default 50)');
  admin.command<{ readonly limit?: string }>(command, async ({ client, options, args: [app = ''], print }) => {
    const path = applicationPath(app, 'cycles') + queryOf({ limit: options.limit });
    const list = await client.ask(cycleListSchema, { method: 'GET', path });
    print(list, () => (list.cycles.length === 0 ? 'None yet.\n' : cycleTable(list.cycles)));
  });
  return withExamples(command, [['rollcall application cycles crm --limit 5', 'with what each of them did']]);
}

/** Cycles with what they did, one a line. */
export const cycleTable = (cycles: readonly CycleView[]): string =>
  table(
    ['BEGAN', 'KIND', 'STATE', 'SECONDS', 'DID', 'ID'],
    cycles.map((cycle) => [
      cycle.beganAt,
      cycle.kind,
      cycle.state,
      cycle.durationMs === null ? '' : (cycle.durationMs / 1000).toFixed(1),
      [countsText(cycle.counts), cycle.error ?? ''].filter((part) => part !== '').join('; '),
      cycle.id,
    ]),
  );

const COUNTED = [
  ['created', 'created'],
  ['adopted', 'taken over'],
  ['updated', 'updated'],
  ['disabled', 'disabled'],
  ['deleted', 'deleted'],
  ['failed', 'failed'],
  ['staged', 'held'],
  ['membersAdded', 'members added'],
  ['membersRemoved', 'members removed'],
  ['skipped', 'unchanged'],
] as const;

/** What was counted, without what was not: `5 created, 3 members added`. */
export const countsText = (counts: CycleView['counts']): string =>
  COUNTED.filter(([key]) => counts[key] > 0)
    .map(([key, word]) => `${counts[key]} ${word}`)
    .join(', ');

function conditions(options: Options): Readonly<Record<string, string | undefined>> {
  const { user, group, status, action, code, cycle, since, until, limit } = options;
  if (user !== undefined && group !== undefined) throw wrongUsage('--user and --group exclude each other.');
  const type = user !== undefined ? 'User' : group !== undefined ? 'Group' : undefined;
  return { status, action, code, cycle, since, until, limit, type, object: user ?? group, format: options.export };
}

const HEADINGS = ['N', 'DATE', 'ACTION', 'STATUS', 'TYPE', 'NAME', 'WHY'];

const row = (entry: ProvisioningRecordView): string[] => [
  String(entry.n ?? ''),
  entry.date,
  entry.action,
  entry.status,
  entry.type,
  entry.label,
  entry.error === null ? entry.reason : `${entry.error.code}: ${entry.error.message} ${entry.error.advice}`,
];
