import { type AuditEntryView, auditLogSchema } from '@rollcall/server/contract';
import { Command } from 'commander';
import { type Admin, queryOf, withExamples } from '../admin-command.ts';
import { jsonText } from '../printable.ts';
import { table } from '../table.ts';
import { valueText } from './application-provision.ts';

interface Options {
  readonly subject?: string;
  readonly before?: string;
  readonly limit?: string;
}

/** `rollcall audit`: who changed what. */
export function auditCommand(admin: Admin): Command {
  const command = new Command('audit')
    .description('The audit log: who changed what, newest first')
    .option('--subject <name>', 'slug of an application or identity server, or id of a token')
    .option('--before <n>', 'older than this entry')
    .option('--limit <n>', 'how many at most (default 100)');
  admin.command<Options>(command, async ({ client, options, terminal, print }) => {
    const { subject, before, limit } = options;
    const path = `/api/audit${queryOf({ subject, before, limit })}`;
    const { entries } = await client.ask(auditLogSchema, { method: 'GET', path });
    if (options.json === true) return terminal.out(entries.map((entry) => `${jsonText(entry)}\n`).join(''));
    print(entries, () => (entries.length === 0 ? 'Nothing.\n' : table(HEADINGS, entries.map(row))));
  });
  return withExamples(command, [
    ['rollcall audit --subject crm', 'everything that was changed of one application'],
    ['rollcall audit --json', 'whole, with the states before and after'],
  ]);
}

const HEADINGS = ['N', 'DATE', 'WHO', 'FROM', 'ACTION', 'SUBJECT', 'WHAT'];
const LONGEST = 200;

const row = (entry: AuditEntryView): string[] => [
  String(entry.n),
  entry.date,
  entry.who,
  entry.from ?? '',
  entry.action,
  entry.subject,
  cut(changeText(entry)),
];

/** `name: CRM → Help Desk`; of what came, its name: `--json` has it whole. */
function changeText({ before, after }: AuditEntryView): string {
  if (!isObject(after)) return valueText(after);
  if (!isObject(before)) return 'id' in after ? valueText(after.name) : jsonText(after);
  return differences(before, after, '').join('; ');
}

/** Of objects and lists only what differs inside them, under its path. */
function differences(before: unknown, after: unknown, path: string): string[] {
  if (isObject(before) && isObject(after)) {
    const names = new Set([...Object.keys(before), ...Object.keys(after)]);
    return [...names].flatMap((name) => differences(before[name], after[name], path === '' ? name : `${path}.${name}`));
  }
  if (Array.isArray(before) && Array.isArray(after) && before.length === after.length) {
    return before.flatMap((value, index) => differences(value, after[index], `${path}[${index}]`));
  }
  if (jsonText(before ?? null) === jsonText(after ?? null)) return [];
  return [`${path}: ${valueText(before)} → ${valueText(after)}`];
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const cut = (text: string): string => (text.length <= LONGEST ? text : `${text.slice(0, LONGEST)}...`);
