import {
  type AdministratorView,
  addedAdministratorSchema,
  administratorChangesSchema,
  administratorListSchema,
  administratorSchema,
  issueText,
  oneTimeLinkSchema,
} from '@rollcall/server/contract';
import { Command } from 'commander';
import type { AdminClient } from '../admin-client.ts';
import { type Admin, pathOf, withExamples } from '../admin-command.ts';
import { CommandFailed, wrongUsage } from '../command-failed.ts';
import { table } from '../table.ts';

const COLLECTION = '/api/administrators';
const LASTS = 'The link works once, for 24 hours:\n';

/** `rollcall administrator`: who may sign in to the console, also when nobody can. */
export function administratorCommand(admin: Admin): Command {
  const command = new Command('administrator').description('People who may sign in, and with which role');
  command.addCommand(addCommand(admin));
  command.addCommand(listCommand(admin));
  command.addCommand(setCommand(admin));
  command.addCommand(resetCommand(admin));
  command.addCommand(removeCommand(admin));
  return withExamples(command, [
    ['rollcall administrator add mira --role operator', 'prints a link where Mira chooses a password'],
    ['rollcall administrator reset mira', 'a new one for who is locked out'],
  ]);
}

function addCommand(admin: Admin): Command {
  const command = new Command('add')
    .description('Let a person sign in; prints a link where they choose a password')
    .argument('<user-name>')
    .option('--role <role>', 'administrator, operator or auditor', 'administrator');
  admin.command<{ readonly role: string }>(
    command,
    async ({ client, options, args: [userName = ''], printSecret }) => {
      const body = { userName, role: options.role };
      const added = await client.ask(addedAdministratorSchema, { method: 'POST', path: COLLECTION, body });
      printSecret(added, added.setupLink ?? '', () => `${added.userName} is there (${added.role}). ${LASTS}`);
    },
    { create: true },
  );
  return withExamples(command, [
    ['rollcall administrator add mira', 'may do everything'],
    ['rollcall administrator add ken --role auditor', 'may look, and nothing else'],
  ]);
}

function listCommand(admin: Admin): Command {
  const command = new Command('list').description('List who may sign in');
  admin.command(command, async ({ client, print }) => {
    const list = await client.ask(administratorListSchema, { method: 'GET', path: COLLECTION });
    print(list, () => {
      if (list.administrators.length === 0) return 'Nobody yet. Let somebody in: rollcall administrator add NAME\n';
      const rows = list.administrators.map((person) => [
        person.userName,
        person.role,
        person.source,
        person.active ? 'yes' : 'no',
        person.lastSignInAt ?? 'never',
        person.id,
      ]);
      return table(['USER NAME', 'ROLE', 'SIGNS IN BY', 'ACTIVE', 'LAST SIGN-IN', 'ID'], rows);
    });
  });
  return withExamples(command, [['rollcall administrator list', 'with their last sign-in']]);
}

function setCommand(admin: Admin): Command {
  const command = new Command('set')
    .description('Change the role of a person, or whether they may sign in')
    .argument('<user-name>', 'or id')
    .argument('<key=value...>', 'role, active');
  admin.command(command, async ({ client, args: [name = '', ...assignments], print }) => {
    const body = readAssignments(assignments);
    const path = pathOf(COLLECTION, (await find(client, name)).id);
    const changed = await client.ask(administratorSchema, { method: 'PATCH', path, body });
    print(changed, () => `${changed.userName}: ${changed.role}, ${changed.active ? 'active' : 'not active'}\n`);
  });
  return withExamples(command, [
    ['rollcall administrator set mira role=auditor', 'at once, also where Mira has signed in'],
    ['rollcall administrator set mira active=false', 'signs Mira out, and keeps Mira out'],
  ]);
}

function resetCommand(admin: Admin): Command {
  const command = new Command('reset')
    .description('Make a link where a person chooses a new password; it ends all sessions of theirs')
    .argument('<user-name>', 'or id');
  admin.command(command, async ({ client, args: [name = ''], printSecret }) => {
    const { id, userName } = await find(client, name);
    const reset = await client.ask(oneTimeLinkSchema, { method: 'POST', path: pathOf(COLLECTION, id, 'reset') });
    printSecret(reset, reset.link, () => `A new password for ${userName}. ${LASTS}`);
  });
  return withExamples(command, [
    ['rollcall administrator reset mira', 'also while no server runs; the link works when one does'],
  ]);
}

function removeCommand(admin: Admin): Command {
  const command = new Command('remove')
    .description('Let a person sign in no longer')
    .argument('<user-name>', 'or id')
    .option('--yes', 'do not ask');
  admin.command<{ readonly yes?: boolean }>(
    command,
    async ({ client, options, terminal, args: [name = ''], print }) => {
      const person = await find(client, name);
      if (options.yes !== true) {
        if (!terminal.interactive) throw wrongUsage('Nobody can be asked here.', 'Add --yes to remove without asking.');
        const answer = await terminal.ask(`Remove ${person.userName}? Type the user name: `);
        if (answer.trim() !== person.userName) throw new CommandFailed('Nobody was removed.');
      }
      await client.ask({ parse: () => undefined }, { method: 'DELETE', path: pathOf(COLLECTION, person.id) });
      print(person, () => `${person.userName} is removed and signed out.\n`);
    },
  );
  return withExamples(command, [['rollcall administrator remove mira', 'asks first']]);
}

/** A person by user name in any letter case, else by id. Errors: CommandFailed when there is none. */
async function find(client: AdminClient, name: string): Promise<AdministratorView> {
  const { administrators } = await client.ask(administratorListSchema, { method: 'GET', path: COLLECTION });
  const wanted = name.normalize('NFC').toLowerCase();
  const found =
    administrators.find(({ userName }) => userName.normalize('NFC').toLowerCase() === wanted) ??
    administrators.find(({ id }) => id === name);
  if (found !== undefined) return found;
  throw new CommandFailed(`There is no administrator ${name}.`, 'rollcall administrator list');
}

function readAssignments(assignments: readonly string[]): Record<string, unknown> {
  const entries = assignments.map((assignment): [string, unknown] => {
    const [, key = '', value = ''] = /^([^=]+)=(.*)$/s.exec(assignment) ?? [];
    if (key === '') throw wrongUsage(`"${assignment}" is no setting.`, 'Write it as key=value, such as active=false.');
    return [key, value === 'true' || value === 'false' ? value === 'true' : value];
  });
  const body = Object.fromEntries(entries);
  const [issue] = administratorChangesSchema.safeParse(body).error?.issues ?? [];
  if (issue === undefined) return body;
  if (issue.code === 'unrecognized_keys')
    throw wrongUsage(`There is no setting "${issue.keys[0]}".`, 'There are role, active.');
  throw wrongUsage(`${issue.path.join('.')} ${issueText(issue)}.`, 'rollcall administrator set --help');
}
