import {
  type IssuedTokenView,
  identityServerSchema,
  issuedTokenSchema,
  tokenListSchema,
  tokenSchema,
} from '@rollcall/server/contract';
import { Command } from 'commander';
import type { AdminClient } from '../admin-client.ts';
import { type Admin, serverPath, withExamples } from '../admin-command.ts';
import { wrongUsage } from '../command-failed.ts';
import { duration } from '../duration-option.ts';
import { table } from '../table.ts';

/** `rollcall token`: the secrets that identity providers send. */
export function tokenCommand(admin: Admin): Command {
  const command = new Command('token').description('The tokens that identity providers sign in with');
  command.addCommand(addCommand(admin));
  command.addCommand(listCommand(admin));
  command.addCommand(rotateCommand(admin));
  command.addCommand(revokeCommand(admin));
  return withExamples(command, [
    ['rollcall token add --identity-server entra --name "Entra 2026"', 'a token for one year'],
    ['rollcall token list', 'all of them, with their last use'],
  ]);
}

interface AddOptions {
  readonly identityServer: string;
  readonly name: string;
  readonly expires?: string;
  readonly scope?: string[];
  readonly allow?: string[];
}

function addCommand(admin: Admin): Command {
  const command = new Command('add')
    .description('Issue a token; it is shown once')
    .requiredOption('--identity-server <slug>', 'identity server that it is for')
    .requiredOption('--name <name>', 'what people call it')
    .option('--expires <duration>', '90m, 12h, 365d ... up to 3653d (default 365d)')
    .option('--scope <scope...>', 'read, write, or per resource type: User:write Group:read (default write)')
    .option('--allow <cidr...>', 'networks that may use it (default any)');
  admin.command<AddOptions>(command, async ({ client, options, printSecret }) => {
    const { name, allow, identityServer } = options;
    const body = {
      name,
      expiresIn: duration('--expires', options.expires),
      scope: options.scope === undefined ? undefined : readScope(options.scope),
      networks: allow?.flatMap((networks) => networks.split(',')),
    };
    const path = serverPath(identityServer, 'tokens');
    const issued = await client.ask(issuedTokenSchema, { method: 'POST', path, body });
    const scimUrl = await urlOf(client, issued);
    printSecret(
      issued,
      issued.token,
      () => `${shown(issued)}\nPaste both into the identity provider: the URL ${scimUrl} and this token:\n`,
    );
  });
  return withExamples(command, [
    ['rollcall token add --identity-server entra --name "Entra 2026" --expires 730d', 'for two years'],
    [
      'rollcall token add --identity-server entra --name "Report" --scope read --allow 192.0.2.0/24',
      'may read, from one network',
    ],
  ]);
}

function listCommand(admin: Admin): Command {
  const command = new Command('list')
    .description('List the tokens')
    .option('--identity-server <slug>', 'only those of one identity server');
  admin.command<{ readonly identityServer?: string }>(command, async ({ client, options, print }) => {
    const { identityServer } = options;
    const path = identityServer === undefined ? '/api/tokens' : serverPath(identityServer, 'tokens');
    const list = await client.ask(tokenListSchema, { method: 'GET', path });
    print(list, () => {
      const rows = list.tokens.map((token) => [
        token.id,
        token.identityServer,
        token.name,
        token.state,
        Object.entries(token.scope)
          .map(([type, access]) => `${type}:${access}`)
          .join(' '),
        token.networks.length === 0 ? 'any' : token.networks.join(' '),
        `${token.expiresAt.slice(0, 16)}Z`,
        token.lastUsedAt === null ? 'never' : `${token.lastUsedAt} ${token.lastUsedFrom ?? ''}`,
      ]);
      return table(['ID', 'IDENTITY SERVER', 'NAME', 'STATE', 'SCOPE', 'NETWORKS', 'EXPIRES', 'LAST USED'], rows);
    });
  });
  return withExamples(command, [['rollcall token list --identity-server entra', 'with state, expiry and last use']]);
}

interface RotateOptions {
  readonly expires?: string;
  readonly overlap?: string;
}

function rotateCommand(admin: Admin): Command {
  const command = new Command('rotate')
    .description('Issue a successor; the old token keeps working for a while')
    .argument('<id>')
    .option('--overlap <duration>', 'how long the old one keeps working (default 7d)')
    .option('--expires <duration>', 'life of the new one (default: that of the old one)');
  admin.command<RotateOptions>(command, async ({ client, options, args: [id = ''], printSecret }) => {
    const body = {
      overlap: duration('--overlap', options.overlap),
      expiresIn: duration('--expires', options.expires),
    };
    const path = `/api/tokens/${encodeURIComponent(id)}/rotate`;
    const issued = await client.ask(issuedTokenSchema, { method: 'POST', path, body });
    const until = issued.replaces?.expiresAt.slice(0, 16) ?? 'now';
    printSecret(issued, issued.token, () => `${shown(issued)}\nThe old one works until ${until}. The new one:\n`);
  });
  return withExamples(command, [
    ['rollcall token rotate 0198... --overlap 12h', 'put the new one in place within 12 hours'],
  ]);
}

function revokeCommand(admin: Admin): Command {
  const command = new Command('revoke').description('End a token at once').argument('<id>');
  admin.command(command, async ({ client, args: [id = ''], print }) => {
    const path = `/api/tokens/${encodeURIComponent(id)}/revoke`;
    const token = await client.ask(tokenSchema, { method: 'POST', path });
    print(token, () => `Token "${token.name}" is revoked; whoever sends it gets 401.\n`);
  });
  return withExamples(command, [['rollcall token revoke 0198...', 'the id is that of rollcall token list']]);
}

const shown = ({ name, identityServer, expiresAt }: IssuedTokenView): string =>
  `Token "${name}" for ${identityServer}, until ${expiresAt.slice(0, 10)}. It is shown this once.`;

async function urlOf(client: AdminClient, issued: IssuedTokenView): Promise<string> {
  const path = serverPath(issued.identityServer);
  return (await client.ask(identityServerSchema, { method: 'GET', path })).scimUrl;
}

function readScope(parts: readonly string[]): Record<string, string> {
  const entries = parts
    .flatMap((part) => part.split(','))
    .map((part) => {
      const [type = '', access, ...rest] = part.includes(':') ? part.split(':') : ['*', part];
      if (rest.length > 0 || (access !== 'read' && access !== 'write')) {
        throw wrongUsage(`--scope: "${part}" is no scope.`, 'Write read, write, or User:read.');
      }
      return [type, access] as const;
    });
  return Object.fromEntries(entries);
}
