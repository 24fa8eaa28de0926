import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { type DefinitionListView, definitionListSchema } from '@rollcall/server/contract';
import { Command } from 'commander';
import { type Admin, queryOf, serverPath, withExamples } from '../admin-command.ts';
import { CommandFailed } from '../command-failed.ts';
import { table } from '../table.ts';
import type { Terminal } from '../terminal.ts';

interface Options {
  readonly identityServer: string;
}

/** `rollcall schema`: schemas, extensions and resource types that an identity server has beyond the standard's. */
export function schemaCommand(admin: Admin): Command {
  const command = new Command('schema').description('Schemas and resource types of your own');
  command.addCommand(addCommand(admin));
  command.addCommand(listCommand(admin));
  command.addCommand(removeCommand(admin));
  return withExamples(command, [
    ['rollcall schema add --identity-server entra badge.json', 'from now on users have the attributes in it'],
  ]);
}

function addCommand(admin: Admin): Command {
  const command = new Command('add')
    .description('Add a schema, an extension or a resource type')
    .argument(
      '<file>',
      'JSON: a Schema resource (extends User), {"resourceType", "required", "schema"}, or {"resourceTypes", "schemas"}; - is standard input',
    )
    .requiredOption('--identity-server <slug>', 'identity server that gets it');
  admin.command<Options>(command, async ({ client, options, args: [file = ''], terminal, print }) => {
    const body = await readJson(terminal, file);
    const path = serverPath(options.identityServer, 'definitions');
    const added = await client.ask(definitionListSchema, { method: 'POST', path, body });
    const warnings = (added.warnings ?? []).map((warning) => `\nWarning: ${warning}\n`).join('');
    print(added, () => `Added:\n${listed(added)}${warnings}`);
  });
  return withExamples(command, [
    ['rollcall schema add --identity-server entra badge.json', 'a Schema resource: an extension of User'],
    ['rollcall schema add --identity-server entra - < devices.json', 'a resource type with its schema'],
  ]);
}

function listCommand(admin: Admin): Command {
  const command = new Command('list')
    .description('List what was added')
    .requiredOption('--identity-server <slug>', 'identity server to look at');
  admin.command<Options>(command, async ({ client, options, print }) => {
    const path = serverPath(options.identityServer, 'definitions');
    const list = await client.ask(definitionListSchema, { method: 'GET', path });
    print(list, () => listed(list));
  });
  return withExamples(command, [['rollcall schema list --identity-server entra', "without the standard's own"]]);
}

function removeCommand(admin: Admin): Command {
  const command = new Command('remove')
    .description('Remove a schema with what it extends, or a resource type')
    .argument('<urn>', 'URN of the schema, or name of the resource type')
    .requiredOption('--identity-server <slug>', 'identity server that had it')
    .option('--force', 'also when resources hold such data, which is then left out of answers');
  admin.command<Options & { readonly force?: boolean }>(
    command,
    async ({ client, options, args: [urn = ''], print }) => {
      const query = queryOf({ force: options.force === true ? 'true' : undefined });
      const path = `${serverPath(options.identityServer, 'definitions', urn)}${query}`;
      const removed = await client.ask(definitionListSchema, { method: 'DELETE', path });
      print(removed, () => `Removed:\n${listed(removed)}`);
    },
  );
  return withExamples(command, [
    ['rollcall schema remove --identity-server entra urn:example:badge:1.0:User', 'refused while users hold such data'],
  ]);
}

const listed = (list: DefinitionListView): string =>
  table(
    ['KIND', 'NAME'],
    list.definitions.map(({ kind, name }) => [kind, name]),
  );

async function readJson(terminal: Terminal, file: string): Promise<unknown> {
  const text = file === '-' ? await terminal.read() : await readText(resolve(terminal.directory, file));
  try {
    return JSON.parse(text);
  } catch (error) {
    const cause = error instanceof Error ? error.message : String(error);
    throw new CommandFailed(`${file} is not JSON: ${cause}`);
  }
}

async function readText(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    throw new CommandFailed(`${file} cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  }
}
