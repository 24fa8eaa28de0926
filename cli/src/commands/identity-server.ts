import {
  credentialsSchema,
  type IdentityServerView,
  identityServerChangesSchema,
  identityServerListSchema,
  identityServerSchema,
  issueText,
  settingsSchema,
} from '@rollcall/server/contract';
import { Command } from 'commander';
import { type Admin, serverPath, withExamples } from '../admin-command.ts';
import { CommandFailed, wrongUsage } from '../command-failed.ts';
import { properties, table } from '../table.ts';

/** `rollcall identity-server`: make, list, show, change and remove identity servers. */
export function identityServerCommand(admin: Admin): Command {
  const command = new Command('identity-server').description('The SCIM services that identity providers push into');
  command.addCommand(addCommand(admin));
  command.addCommand(listCommand(admin));
  command.addCommand(showCommand(admin));
  command.addCommand(setCommand(admin));
  command.addCommand(credentialsCommand(admin));
  command.addCommand(removeCommand(admin));
  return withExamples(command, [
    ['rollcall identity-server add --name "Entra"', 'make one; then: rollcall token add'],
    ['rollcall identity-server list', 'all of them, with the URL that the identity provider asks for'],
  ]);
}

interface AddOptions {
  readonly name: string;
  readonly slug?: string;
  readonly default?: boolean;
  readonly security?: string;
  readonly compatibility?: string;
}

function addCommand(admin: Admin): Command {
  const command = new Command('add')
    .description('Make an identity server')
    .requiredOption('--name <name>', 'what people call it')
    .option('--slug <slug>', 'its part of the URL (made of the name)')
    .option('--default', 'answer at /scim/v2 too')
    .option('--security <method>', 'bearer, basic or none (default bearer)')
    .option('--compatibility <mode>', 'tolerant or strict (default tolerant)');
  admin.command<AddOptions>(
    command,
    async ({ client, options, print }) => {
      const { name, slug, security, compatibility } = options;
      const body = { name, slug, default: options.default, security, compatibility };
      const request = { method: 'POST', path: '/api/identity-servers', body } as const;
      const added = await client.ask(identityServerSchema, request);
      print(added, () => `Identity server "${added.name}" is there.\n\n${brief(added)}\n${nextStep(added)}`);
    },
    { create: true },
  );
  return withExamples(command, [
    ['rollcall identity-server add --name "Entra"', 'bearer tokens, at /scim/entra/v2'],
    [
      'rollcall identity-server add --name "Okta" --security basic --default',
      'user name and password, also at /scim/v2',
    ],
  ]);
}

function listCommand(admin: Admin): Command {
  const command = new Command('list').description('List the identity servers');
  admin.command(command, async ({ client, print }) => {
    const list = await client.ask(identityServerListSchema, { method: 'GET', path: '/api/identity-servers' });
    print(list, () => {
      if (list.identityServers.length === 0) return 'None yet. Make one: rollcall identity-server add --name "Entra"\n';
      const rows = list.identityServers.map((server) => [
        server.removing ? '(being removed)' : server.slug,
        server.name,
        server.security,
        server.compatibility,
        server.active ? 'yes' : 'no',
        server.default ? 'yes' : '',
        server.removing ? '' : server.scimUrl,
      ]);
      return table(['SLUG', 'NAME', 'SECURITY', 'COMPATIBILITY', 'ACTIVE', 'DEFAULT', 'SCIM URL'], rows);
    });
  });
  return withExamples(command, [['rollcall identity-server list --json', 'the same for a program']]);
}

function showCommand(admin: Admin): Command {
  const command = new Command('show').description('Show an identity server and its settings').argument('<slug>');
  admin.command(command, async ({ client, args: [slug = ''], print }) => {
    const server = await client.ask(identityServerSchema, { method: 'GET', path: serverPath(slug) });
    print(server, () => describe(server));
  });
  return withExamples(command, [['rollcall identity-server show entra', 'its URL, security and every setting']]);
}

function setCommand(admin: Admin): Command {
  const command = new Command('set')
    .description('Change settings of an identity server')
    .argument('<slug>')
    .argument('<key=value...>', `name, slug, active, default, ${Object.keys(settingsSchema.shape).join(', ')}`);
  admin.command(command, async ({ client, args: [slug = '', ...assignments], print }) => {
    const body = readAssignments(assignments);
    const server = await client.ask(identityServerSchema, { method: 'PATCH', path: serverPath(slug), body });
    print(server, () => describe(server));
  });
  return withExamples(command, [
    ['rollcall identity-server set entra rateLimit=50 maxPageSize=500', 'two settings at once'],
    ['rollcall identity-server set entra active=false', 'switch it off: it answers 403'],
  ]);
}

function credentialsCommand(admin: Admin): Command {
  const command = new Command('credentials')
    .description('Make a new password for Basic authentication; the old one ends at once')
    .argument('<slug>')
    .option('--user-name <name>', 'user name (default: the slug)');
  admin.command<{ readonly userName?: string }>(command, async ({ client, options, args: [slug = ''], print }) => {
    const path = serverPath(slug, 'credentials');
    const body = { userName: options.userName };
    const credentials = await client.ask(credentialsSchema, { method: 'POST', path, body });
    print(credentials, () => {
      const { userName, password } = credentials;
      const shown = properties([
        ['User name', userName],
        ['Password', password],
      ]);
      return `${shown}\nThe password is shown this once.\n`;
    });
  });
  return withExamples(command, [['rollcall identity-server credentials okta', 'for security=basic']]);
}

function removeCommand(admin: Admin): Command {
  const command = new Command('remove')
    .description('Remove an identity server with its users, groups, tokens and log')
    .argument('<slug>')
    .option('--yes', 'do not ask');
  admin.command<{ readonly yes?: boolean }>(
    command,
    async ({ client, options, terminal, args: [slug = ''], print }) => {
      const path = serverPath(slug);
      const { name } = await client.ask(identityServerSchema, { method: 'GET', path });
      if (options.yes !== true) {
        if (!terminal.interactive)
          throw wrongUsage('Nobody can be asked here.', 'Add --yes to remove it without asking.');
        const answer = await terminal.ask(`Remove "${name}" with its users, groups, tokens and log? Type its slug: `);
        if (answer.trim() !== slug) throw new CommandFailed('Nothing was removed.');
      }
      const removed = await client.ask(identityServerSchema, { method: 'DELETE', path });
      print(removed, () => `"${name}" no longer answers; its data is being removed in the background.\n`);
    },
  );
  return withExamples(command, [['rollcall identity-server remove entra', 'asks first']]);
}

function readAssignments(assignments: readonly string[]): Record<string, unknown> {
  const shape = identityServerChangesSchema.shape;
  const isKey = (key: string): key is keyof typeof shape => Object.hasOwn(shape, key);
  const entries = assignments.map((assignment) => {
    const equals = assignment.indexOf('=');
    const key = assignment.slice(0, Math.max(0, equals));
    const text = assignment.slice(equals + 1);
    if (equals < 1) throw wrongUsage(`"${assignment}" is no setting.`, 'Write it as key=value, such as active=false.');
    if (!isKey(key)) throw wrongUsage(`There is no setting "${key}".`, `There are ${Object.keys(shape).join(', ')}.`);
    // `200` is a number for one setting and a word for another: whichever its schema takes.
    const candidates = [text, parseJson(text)].filter((value) => value !== undefined);
    for (const value of candidates) {
      const parsed = shape[key].safeParse(value);
      if (parsed.success) return [key, parsed.data];
    }
    const [issue] = shape[key].safeParse(candidates.at(-1)).error?.issues ?? [];
    const wrong = issue === undefined ? 'is not valid' : issueText(issue);
    throw wrongUsage(`${key} ${wrong}.`, 'rollcall identity-server set --help');
  });
  return Object.fromEntries(entries);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function brief(server: IdentityServerView): string {
  const urls = [server.scimUrl, server.defaultScimUrl].filter((url) => url !== undefined);
  const entries = [...urls.map((url) => ['SCIM URL', url] as const), ['security', server.security] as const];
  return properties(entries) + warnings(server);
}

function describe(server: IdentityServerView): string {
  const { warnings: _, ...shown } = server;
  return (
    properties(Object.entries(shown).map(([key, value]) => [key, String(value ?? '')] as const)) + warnings(server)
  );
}

const warnings = (server: IdentityServerView): string =>
  server.warnings.map((warning) => `\nWarning: ${warning}\n`).join('');

// A line to copy into a shell, where these mean something between double quotes.
const quotable = (name: string): string => name.replace(/["$`\\!]/g, '');

function nextStep(server: IdentityServerView): string {
  if (server.security === 'none') return '';
  const line =
    server.security === 'basic'
      ? `rollcall identity-server credentials ${server.slug}`
      : `rollcall token add --identity-server ${server.slug} --name "${quotable(server.name)}"`;
  return `Next, what the identity provider signs in with:\n  npx ${line}\n`;
}
