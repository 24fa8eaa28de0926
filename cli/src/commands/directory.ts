import { readFile } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import { type ImportReport, importReportSchema } from '@rollcall/server/contract';
import { Command, Option } from 'commander';
import { type Admin, serverPath, withExamples } from '../admin-command.ts';
import { CommandFailed, wrongUsage } from '../command-failed.ts';
import { decodeText } from '../decode-text.ts';
import { table } from '../table.ts';
import type { Terminal } from '../terminal.ts';

/** Refused rows, warnings and changes that are shown; `--json` has more. */
const SHOWN = 20;

const COLUMNS = `
Columns of people:  userName, externalId, givenName, familyName, displayName, email, phone, title, department,
                    employeeNumber, active, manager (an externalId or userName), or any SCIM attribute path
Columns of groups:  group, externalId, member (an externalId or userName); an empty member is an empty group

Only attributes that the file has a column for are changed; an empty value clears (but for userName, externalId and
active). Groups in the file get exactly the members that it names; other groups stay as they are.`;

interface ImportOptions {
  readonly identityServer: string;
  readonly dryRun?: boolean;
  readonly missing: 'leave' | 'disable' | 'delete';
  readonly allowRemovals?: string;
}

/** `rollcall directory`: feeds an identity server from files. */
export function directoryCommand(admin: Admin): Command {
  const command = new Command('directory').description('People and groups from files');
  command.addCommand(importCommand(admin));
  return withExamples(command, [
    ['rollcall directory import --identity-server hr people.csv groups.csv', 'users, groups, memberships, managers'],
  ]);
}

function importCommand(admin: Admin): Command {
  const command = new Command('import')
    .description('Bring users, groups, memberships and managers in line with files')
    .argument('<people>', 'CSV or JSON lines: userName, externalId, givenName, ..., manager, or any SCIM path')
    .argument('[groups]', 'CSV or JSON lines: group, externalId, member; one row for each membership')
    .requiredOption('--identity-server <slug>', 'identity server to feed')
    .option('--dry-run', 'say what would change, and change nothing')
    .addOption(
      new Option('--missing <what>', 'what becomes of people who are not in the file')
        .choices(['leave', 'disable', 'delete'])
        .default('leave'),
    )
    .option('--allow-removals <n>', 'let so many people and memberships go, even when the file looks wrong');
  admin.command<ImportOptions>(command, async ({ client, options, args: [people = '', groups], terminal, print }) => {
    const body = {
      people: await readText(terminal, people),
      ...(groups === undefined ? {} : { groups: await readText(terminal, groups) }),
      dryRun: options.dryRun === true,
      missing: options.missing,
      ...(options.allowRemovals === undefined ? {} : { allowRemovals: readCount(options.allowRemovals) }),
    };
    const path = serverPath(options.identityServer, 'import');
    const report = await client.ask(importReportSchema, { method: 'POST', path, body });
    print(report, () => shown(report));
    judge(report);
  });
  command.addHelpText('after', COLUMNS);
  return withExamples(command, [
    ['rollcall directory import --identity-server hr people.csv --dry-run', 'see first'],
    ['rollcall directory import --identity-server hr people.csv groups.csv', 'people who are not in the file stay'],
    ['rollcall directory import --identity-server hr people.csv --missing disable', 'they are disabled'],
    ['rollcall directory import --identity-server hr people.jsonl --json', 'JSON lines in, the report as JSON out'],
  ]);
}

async function readText(terminal: Terminal, file: string): Promise<{ name: string; text: string }> {
  const bytes = await readFile(resolve(terminal.directory, file)).catch((error: unknown) => {
    throw new CommandFailed(`${file} cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  });
  return { name: basename(file), text: decodeText(file, bytes) };
}

function readCount(text: string): number {
  if (/^\d{1,9}$/.test(text)) return Number(text);
  throw wrongUsage(`--allow-removals must be a whole number, not "${text}".`);
}

function shown(report: ImportReport): string {
  const { users, groups, memberships } = report;
  const lead = report.dryRun || report.blocked.length > 0 ? 'This would happen:\n' : '';
  const counts = table(
    ['', 'CREATED', 'CHANGED', 'DISABLED', 'DELETED', 'UNCHANGED'],
    [
      ['users', ...[users.created, users.changed, users.disabled, users.deleted, users.unchanged].map(String)],
      ['groups', String(groups.created), String(groups.changed), '', '', String(groups.unchanged)],
    ],
  );
  const changes = report.changes.map(({ action, type, name, attributes }) =>
    `${action} ${type.toLowerCase()} ${name} ${attributes.join(', ')}`.trimEnd(),
  );
  return [
    `${lead}${counts}memberships: ${memberships.added} added, ${memberships.removed} removed\n`,
    report.dryRun ? listed('Changes', changes, changes.length) : '',
    listed(
      'Refused',
      report.refused.map(({ file, line, reason }) => `${file} line ${line}: ${reason}`),
      report.refusedCount,
    ),
    listed('Warnings', report.warnings, report.warnings.length),
  ].join('');
}

function listed(title: string, lines: readonly string[], count: number): string {
  if (lines.length === 0) return '';
  const more = count > SHOWN ? `  and ${count - SHOWN} more; --json lists them\n` : '';
  return `\n${title}:\n${lines
    .slice(0, SHOWN)
    .map((line) => `  ${line}\n`)
    .join('')}${more}`;
}

/** Ends the command with 1 when not everything in the files went in. */
function judge({ blocked, users, memberships, refusedCount, dryRun }: ImportReport): void {
  if (blocked.length > 0) {
    const removals = Math.max(users.disabled + users.deleted, memberships.removed);
    throw new CommandFailed(
      `Nothing was imported. ${blocked.join(' ')}`,
      removals === 0 ? 'Look at the file.' : `Look at the file; if it is right, add --allow-removals ${removals}.`,
    );
  }
  if (refusedCount === 0) return;
  throw new CommandFailed(
    dryRun ? `${refusedCount} rows would be refused.` : `${refusedCount} rows were refused; the rest was imported.`,
    'Mend them and import again: what is in already stays as it is.',
  );
}
