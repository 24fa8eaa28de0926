import {
  type ApplicationChanges,
  applicationChangesSchema,
  applicationSchema,
  issueText,
  parseDuration,
} from '@rollcall/server/contract';
import { Command } from 'commander';
import { type Admin, applicationPath, withExamples } from '../admin-command.ts';
import { wrongUsage } from '../command-failed.ts';
import { type ConnectionOptions, readConnection, withConnection } from './application-connection.ts';
import { describe } from './application-list.ts';
import { SETTINGS } from './application-settings.ts';

const SECOND = 1000;

/** `rollcall application set`. */
export function setCommand(admin: Admin): Command {
  const command = withConnection(
    new Command('set')
      .description('Change settings of an application, or its connection')
      .argument('<app>')
      .argument('[key=value...]', [...SETTINGS.keys()].join(', ')),
  );
  admin.command<ConnectionOptions>(command, async ({ client, options, terminal, args, print }) => {
    const [app = '', ...assignments] = args;
    const connection = await readConnection(terminal, options);
    const changes = assignments.map(readAssignment).reduce(merged, connection === undefined ? {} : { connection });
    if (Object.keys(changes).length === 0) {
      throw wrongUsage('Nothing is to be changed.', 'Write key=value, or an option such as --url.');
    }
    const request = { method: 'PATCH', path: applicationPath(app), body: changes } as const;
    const application = await client.ask(applicationSchema, request);
    print(application, () => describe(application));
  });
  return withExamples(command, [
    ['rollcall application set crm scope=all leaving=delete deleteAfterDays=30', 'several settings at once'],
    ['rollcall application set crm guard.number=50 guard.percent=none', 'hold more than 50 removals in an interval'],
    ['rollcall application set crm notify=ops@example.org,hr@example.org', 'who gets mail when a person is needed'],
    ['rollcall application set crm --token-file token.txt --expires 2027-03-01', 'a new secret, and when it ends'],
  ]);
}

function readAssignment(assignment: string): ApplicationChanges {
  const equals = assignment.indexOf('=');
  const key = assignment.slice(0, Math.max(0, equals));
  if (equals < 1) throw wrongUsage(`"${assignment}" is no setting.`, 'Write it as key=value, such as scope=all.');
  const setting = SETTINGS.get(key);
  if (setting === undefined) {
    throw wrongUsage(`There is no setting "${key}".`, `There are ${[...SETTINGS.keys()].join(', ')}.`);
  }
  const candidates = valuesOf(key, assignment.slice(equals + 1));
  for (const value of candidates) {
    const parsed = applicationChangesSchema.safeParse(setting.change(value));
    if (parsed.success) return parsed.data;
  }
  const [issue] = applicationChangesSchema.safeParse(setting.change(candidates.at(-1))).error?.issues ?? [];
  throw wrongUsage(
    `${key} ${issue === undefined ? 'is not valid' : issueText(issue)}.`,
    'rollcall application set --help',
  );
}

/** What a text may mean: a name, a number, true or false; `none` is nothing. */
function valuesOf(key: string, text: string): unknown[] {
  if (key === 'notify')
    return [
      text
        .split(',')
        .map((part) => part.trim())
        .filter((part) => part !== ''),
    ];
  if ((key === 'interval' || key === 'drift.every') && parseDuration(text) !== undefined)
    return [(parseDuration(text) ?? 0) / SECOND];
  if (text === 'none' || text === 'never') return [null, text];
  const json = parseJson(text);
  return json === undefined ? [text] : [text, json];
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function merged(a: ApplicationChanges, b: ApplicationChanges): ApplicationChanges {
  if (b.settings === undefined) return { ...a, ...b };
  const settings = { ...a.settings, ...b.settings };
  const guard = b.settings.guard === undefined ? {} : { guard: { ...a.settings?.guard, ...b.settings.guard } };
  return { ...a, ...b, settings: { ...settings, ...guard } };
}
