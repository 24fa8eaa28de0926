import { resourceListSchema, resourceSchema } from '@rollcall/server/contract';
import { Command } from 'commander';
import type { AdminClient } from '../admin-client.ts';
import { type Admin, queryOf, serverPath, withExamples } from '../admin-command.ts';
import { CommandFailed } from '../command-failed.ts';
import { jsonText } from '../printable.ts';
import { table } from '../table.ts';

/** A resource type that has a command of its own, and what its table shows. */
interface Kind {
  readonly command: string;
  readonly type: string;
  /** The attribute that people know a resource by. */
  readonly label: string;
  readonly columns: readonly string[];
  readonly example: string;
}

const USER: Kind = {
  command: 'user',
  type: 'User',
  label: 'userName',
  columns: ['userName', 'displayName', 'externalId', 'active'],
  example: 'userName sw "a"',
};
const GROUP: Kind = {
  command: 'group',
  type: 'Group',
  label: 'displayName',
  columns: ['displayName', 'externalId'],
  example: 'displayName co "sales"',
};

/** `rollcall user` and `rollcall group`: look at what was provisioned. */
export const userCommand = (admin: Admin): Command => resourceCommand(admin, USER);
export const groupCommand = (admin: Admin): Command => resourceCommand(admin, GROUP);

function resourceCommand(admin: Admin, kind: Kind): Command {
  const command = new Command(kind.command).description(`The ${kind.command}s that were provisioned`);
  command.addCommand(listCommand(admin, kind));
  command.addCommand(showCommand(admin, kind));
  return withExamples(command, [
    [`rollcall ${kind.command} list --identity-server entra`, 'the first hundred'],
    [`rollcall ${kind.command} show --identity-server entra 0198...`, 'one, whole'],
  ]);
}

interface ListOptions {
  readonly identityServer: string;
  readonly filter?: string;
  readonly count?: string;
  readonly cursor?: string;
}

function listCommand(admin: Admin, kind: Kind): Command {
  const command = new Command('list')
    .description(`List ${kind.command}s`)
    .requiredOption('--identity-server <slug>', 'identity server to look at')
    .option('--filter <filter>', 'SCIM filter (RFC 7644 section 3.4.2.2)')
    .option('--count <n>', 'how many on a page (default: the identity server’s)')
    .option('--cursor <cursor>', 'go on where the last page ended');
  admin.command<ListOptions>(command, async ({ client, options, print }) => {
    const { identityServer, filter, count, cursor = '' } = options;
    // A table needs a few attributes; a group's members may be a million.
    const attributes = options.json === true ? undefined : kind.columns.join(',');
    const path = serverPath(identityServer, 'resources', kind.type) + queryOf({ filter, count, cursor, attributes });
    const page = await client.ask(resourceListSchema, { method: 'GET', path });
    print(page, () => {
      const rows = page.Resources.map((resource) => [
        resource.id,
        ...kind.columns.map((column) => String(resource[column] ?? '')),
      ]);
      const shown = table(['ID', ...kind.columns.map((column) => column.toUpperCase())], rows);
      const more = page.nextCursor === undefined ? '' : `More: --cursor ${page.nextCursor}\n`;
      return `${shown}${rows.length} of ${page.totalResults}\n${more}`;
    });
  });
  return withExamples(command, [
    [`rollcall ${kind.command} list --identity-server entra --filter '${kind.example}'`, 'by a SCIM filter'],
    [`rollcall ${kind.command} list --identity-server entra --json`, 'a ListResponse'],
  ]);
}

function showCommand(admin: Admin, kind: Kind): Command {
  const command = new Command('show')
    .description(`Show one ${kind.command}`)
    .argument('<id>', `id or ${kind.label}`)
    .requiredOption('--identity-server <slug>', 'identity server to look at');
  admin.command<{ readonly identityServer: string }>(command, async ({ client, options, args: [name = ''], print }) => {
    const id = await findId(client, options.identityServer, kind, name);
    const path = serverPath(options.identityServer, 'resources', kind.type, id);
    const resource = await client.ask(resourceSchema, { method: 'GET', path });
    print(resource, () => `${jsonText(resource, 2)}\n`);
  });
  return withExamples(command, [
    [`rollcall ${kind.command} show --identity-server entra 0198...`, `by id; its ${kind.label} will do as well`],
  ]);
}

async function findId(client: AdminClient, server: string, kind: Kind, name: string): Promise<string> {
  const text = JSON.stringify(name);
  const query = queryOf({ filter: `id eq ${text} or ${kind.label} eq ${text}`, attributes: 'id', count: '2' });
  const path = serverPath(server, 'resources', kind.type) + query;
  const { Resources } = await client.ask(resourceListSchema, { method: 'GET', path });
  const exact = Resources.find((resource) => resource.id === name) ?? Resources[0];
  if (exact !== undefined) return exact.id;
  throw new CommandFailed(
    `There is no ${kind.command} ${name}.`,
    `rollcall ${kind.command} list --identity-server ${server}`,
  );
}
