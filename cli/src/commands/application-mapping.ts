import {
  type AttributeMappingView,
  type MappingPreviewView,
  type MappingsView,
  mappingPreviewSchema,
  mappingsSchema,
  type SavedMappingsView,
  savedMappingsSchema,
} from '@rollcall/server/contract';
import { Command } from 'commander';
import { type Admin, applicationPath, withExamples } from '../admin-command.ts';
import { CommandFailed, wrongUsage } from '../command-failed.ts';
import { table } from '../table.ts';
import type { Terminal } from '../terminal.ts';
import { readText } from './application-connection.ts';
import { type RowOptions, withRow, withRowOptions } from './application-mapping-row.ts';
import { valueText } from './application-provision.ts';

/** `rollcall application mapping`: which attribute of the target gets what. */
export function mappingCommand(admin: Admin): Command {
  const command = new Command('mapping').description('Which attribute of the target gets what');
  command.addCommand(showCommand(admin));
  command.addCommand(setCommand(admin));
  command.addCommand(previewCommand(admin));
  command.addCommand(resetCommand(admin));
  return withExamples(command, [
    ['rollcall application mapping show crm', 'the whole table'],
    ['rollcall application mapping show crm --json > mappings.json', 'export; set reads it again'],
  ]);
}

function showCommand(admin: Admin): Command {
  const command = new Command('show').description('Show the mappings').argument('<app>');
  admin.command(command, async ({ client, args: [app = ''], print }) => {
    const mappings = await client.ask(mappingsSchema, { method: 'GET', path: applicationPath(app, 'mappings') });
    print(mappings, () => describe(mappings));
  });
  return withExamples(command, [
    ['rollcall application mapping show crm', 'users, groups and scoping filters'],
    ['rollcall application mapping show crm --json > mappings.json', 'the same as a file'],
  ]);
}

function setCommand(admin: Admin): Command {
  const command = withRowOptions(
    new Command('set')
      .description('Replace the mappings by a file, or change one row')
      .argument('<app>')
      .argument('[file]', 'JSON as `mapping show --json` prints it; - is standard input'),
  );
  admin.command<RowOptions>(command, async ({ client, options, terminal, args: [app = '', file], print }) => {
    const path = applicationPath(app, 'mappings');
    if ((file === undefined) === (options.target === undefined)) {
      throw wrongUsage('Name a file with all mappings, or one row with --target.');
    }
    const body =
      file === undefined
        ? withRow(await client.ask(mappingsSchema, { method: 'GET', path }), options)
        : await readJson(terminal, file);
    const saved = await client.ask(savedMappingsSchema, { method: 'PUT', path, body });
    print(saved, () => `Saved. Every object is looked at again in the next cycle.\n${warningLines(saved)}`);
  });
  return withExamples(command, [
    ['rollcall application mapping set crm --target title --source jobTitle', 'one attribute as it is'],
    [
      `rollcall application mapping set crm --target displayName --expression 'Join(" ", [givenName], [surname])'`,
      'an expression; try it first with rollcall expression try',
    ],
    ['rollcall application mapping set crm --target nickName --remove', 'one row less'],
    ['rollcall application mapping set crm mappings.json', 'all of them'],
  ]);
}

function previewCommand(admin: Admin): Command {
  const command = withRowOptions(
    new Command('preview')
      .description('What changed mappings would change, without a call to the target')
      .argument('<app>')
      .argument('[file]', 'JSON as `mapping show --json` prints it; without one, the saved ones'),
  );
  admin.command<RowOptions>(command, async ({ client, options, terminal, args: [app = '', file], print }) => {
    const path = applicationPath(app, 'mappings');
    if (file !== undefined && options.target !== undefined) throw wrongUsage('Name a file, or one row; not both.');
    const row = async () => withRow(await client.ask(mappingsSchema, { method: 'GET', path }), options);
    const mappings =
      file !== undefined ? await readJson(terminal, file) : options.target === undefined ? undefined : await row();
    const request = { method: 'POST', path: `${path}/preview`, body: { mappings } } as const;
    const preview = await client.ask(mappingPreviewSchema, request);
    print(preview, () => previewText(preview));
    if (preview.problems.length > 0) throw new CommandFailed('The mappings are not valid.');
  });
  return withExamples(command, [
    ['rollcall application mapping preview crm mappings.json', 'counts for each attribute, with samples'],
    ['rollcall application mapping preview crm --target title --constant Clerk', 'one row'],
  ]);
}

function resetCommand(admin: Admin): Command {
  const command = new Command('reset')
    .description('Put back the mappings that a new application has')
    .argument('<app>')
    .option('--yes', 'do not ask');
  admin.command<{ readonly yes?: boolean }>(command, async ({ client, options, terminal, args: [app = ''], print }) => {
    if (options.yes !== true) {
      if (!terminal.interactive) throw wrongUsage('Nobody can be asked here.', 'Add --yes to reset without asking.');
      const answer = await terminal.ask(`Replace all mappings of ${app} by the default ones? [y/N] `);
      if (!/^y(es)?$/i.test(answer.trim())) throw new CommandFailed('Nothing was changed.');
    }
    const request = { method: 'POST', path: applicationPath(app, 'mappings', 'reset') } as const;
    const saved = await client.ask(savedMappingsSchema, request);
    print(saved, () => `The default mappings are back.\n${warningLines(saved)}`);
  });
  return withExamples(command, [['rollcall application mapping reset crm', 'asks first; export them before']]);
}

async function readJson(terminal: Terminal, file: string): Promise<unknown> {
  const text = await readText(terminal, file);
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new CommandFailed(`${file} is not JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
}

const warningLines = ({ warnings }: SavedMappingsView): string =>
  warnings.map(({ field, message }) => `\nWarning: ${field}: ${message}\n`).join('');

const describe = ({ users, groups }: MappingsView): string =>
  `Users${flow(users)}\n${rows(users)}\nGroups${flow(groups)}\n${rows(groups)}`;

function flow(mapping: MappingsView['users']): string {
  if (!mapping.enabled) return ' (switched off)';
  const off = (['create', 'update', 'delete'] as const).filter((verb) => !mapping[verb]);
  return off.length === 0 ? '' : ` (without ${off.join(', ')})`;
}

function rows({ attributes, filters }: MappingsView['users']): string {
  const shown = table(
    ['TARGET', 'SOURCE', 'DEFAULT', 'MATCHING', 'APPLY'],
    attributes.map((row) => [
      row.target,
      sourceText(row),
      row.defaultValue ?? '',
      row.matching === 0 ? '' : String(row.matching),
      row.apply,
    ]),
  );
  const scope = filters.map(({ name, clauses }) => {
    const text = clauses.map(({ attribute, operator, value }) => `${attribute} ${operator} ${value ?? ''}`.trim());
    return `Only (${name}): ${text.join(' AND ')}\n`;
  });
  return `${shown}${scope.join('')}`;
}

function sourceText({ source }: AttributeMappingView): string {
  switch (source.kind) {
    case 'direct':
      return source.attribute;
    case 'constant':
      return JSON.stringify(source.value);
    case 'expression':
      return source.expression;
    case 'none':
      return '(none)';
  }
}

function previewText(preview: MappingPreviewView): string {
  const { problems, objects, attributes, entering, leaving, samples } = preview;
  if (problems.length > 0) {
    return problems
      .map(
        ({ field, message, position }) => `${field}: ${message}${position === undefined ? '' : ` (at ${position})`}\n`,
      )
      .join('');
  }
  const changed = attributes.filter((attribute) => attribute.changed > 0);
  const values = changed.flatMap((attribute) => [
    [attribute.path, String(attribute.changed), '', ''],
    ...attribute.samples.map(({ label, from, to }) => ['', '', `  ${label}`, `${valueText(from)} → ${valueText(to)}`]),
  ]);
  return [
    `${objects} objects looked at; ${entering} would enter the scope, ${leaving} would leave it.\n`,
    samples.map(({ label, change, reason }) => `  ${label} ${change}: ${reason}\n`).join(''),
    changed.length === 0 ? 'No value would change.\n' : `\n${table(['ATTRIBUTE', 'CHANGES', 'SUCH AS', ''], values)}`,
  ].join('');
}
