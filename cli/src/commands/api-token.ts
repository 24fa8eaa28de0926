import { apiTokenListSchema, apiTokenSchema, issuedApiTokenSchema } from '@rollcall/server/contract';
import { Command } from 'commander';
import { type Admin, withExamples } from '../admin-command.ts';
import { duration } from '../duration-option.ts';
import { table } from '../table.ts';

/** `rollcall api-token`: tokens for programs that use the admin API over TCP. */
export function apiTokenCommand(admin: Admin): Command {
  const command = new Command('api-token').description('Tokens for the admin API and /metrics over TCP');
  command.addCommand(addCommand(admin));
  command.addCommand(listCommand(admin));
  command.addCommand(revokeCommand(admin));
  return withExamples(command, [
    ['rollcall api-token add --name "Prometheus" --access read', 'a token that may only look'],
  ]);
}

interface AddOptions {
  readonly name: string;
  readonly access?: string;
  readonly expires?: string;
}

function addCommand(admin: Admin): Command {
  const command = new Command('add')
    .description('Make an API token; it is shown once')
    .requiredOption('--name <name>', 'what people call it')
    .option('--access <access>', 'read or write (default write)')
    .option('--expires <duration>', '90m, 12h, 365d ... (default 365d)');
  admin.command<AddOptions>(
    command,
    async ({ client, options, printSecret }) => {
      const { name, access } = options;
      const body = { name, access, expiresIn: duration('--expires', options.expires) };
      const issued = await client.ask(issuedApiTokenSchema, { method: 'POST', path: '/api/api-tokens', body });
      const about = `API token "${issued.name}" (${issued.access}), until ${issued.expiresAt.slice(0, 10)}.`;
      printSecret(issued, issued.token, () => `${about} It is shown this once:\n`);
    },
    { create: true },
  );
  return withExamples(command, [['rollcall api-token add --name "Deployment" --expires 30d', 'may change everything']]);
}

function listCommand(admin: Admin): Command {
  const command = new Command('list').description('List the API tokens');
  admin.command(command, async ({ client, print }) => {
    const list = await client.ask(apiTokenListSchema, { method: 'GET', path: '/api/api-tokens' });
    print(list, () => {
      const rows = list.apiTokens.map((token) => [
        token.id,
        token.name,
        `${token.prefix}...`,
        token.access,
        token.state,
        `${token.expiresAt.slice(0, 16)}Z`,
        token.lastUsedAt === null ? 'never' : `${token.lastUsedAt} ${token.lastUsedFrom ?? ''}`,
      ]);
      return table(['ID', 'NAME', 'TOKEN', 'ACCESS', 'STATE', 'EXPIRES', 'LAST USED'], rows);
    });
  });
  return withExamples(command, [['rollcall api-token list', 'with their last use']]);
}

function revokeCommand(admin: Admin): Command {
  const command = new Command('revoke').description('End an API token at once').argument('<id>');
  admin.command(command, async ({ client, args: [id = ''], print }) => {
    const path = `/api/api-tokens/${encodeURIComponent(id)}/revoke`;
    const token = await client.ask(apiTokenSchema, { method: 'POST', path });
    print(token, () => `API token "${token.name}" is revoked.\n`);
  });
  return withExamples(command, [['rollcall api-token revoke 0198...', 'the id is that of rollcall api-token list']]);
}
