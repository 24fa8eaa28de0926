import { type ApplicationView, applicationListSchema, applicationSchema } from '@rollcall/server/contract';
import { Command } from 'commander';
import { type Admin, applicationPath, withExamples } from '../admin-command.ts';
import { CommandFailed, wrongUsage } from '../command-failed.ts';
import { properties, table } from '../table.ts';
import { describeSettings } from './application-settings.ts';

/** `rollcall application list`. */
export function listCommand(admin: Admin): Command {
  const command = new Command('list').description('List the applications');
  admin.command(command, async ({ client, print }) => {
    const list = await client.ask(applicationListSchema, { method: 'GET', path: '/api/applications' });
    print(list, () => {
      if (list.applications.length === 0) return 'None yet. Make one: rollcall application add --name "CRM"\n';
      const rows = list.applications.map((application) => [
        application.removing ? '(being removed)' : application.slug,
        application.name,
        application.directory,
        application.state,
        application.settings.scope,
        application.connection?.baseUrl ?? '',
      ]);
      return table(['SLUG', 'NAME', 'DIRECTORY', 'STATE', 'SCOPE', 'URL'], rows);
    });
  });
  return withExamples(command, [['rollcall application list --json', 'the same for a program']]);
}

/** `rollcall application show`. */
export function showCommand(admin: Admin): Command {
  const command = new Command('show').description('Show an application and its settings').argument('<app>');
  admin.command(command, async ({ client, args: [app = ''], print }) => {
    const application = await client.ask(applicationSchema, { method: 'GET', path: applicationPath(app) });
    print(application, () => describe(application));
  });
  return withExamples(command, [['rollcall application show crm', 'everything but the secret']]);
}

/** `rollcall application remove`. */
export function removeCommand(admin: Admin): Command {
  const command = new Command('remove')
    .description('Remove an application with its links and logs; what is in the target stays there')
    .argument('<app>')
    .option('--yes', 'do not ask');
  admin.command<{ readonly yes?: boolean }>(command, async ({ client, options, terminal, args: [app = ''], print }) => {
    const path = applicationPath(app);
    const { name } = await client.ask(applicationSchema, { method: 'GET', path });
    if (options.yes !== true) {
      if (!terminal.interactive)
        throw wrongUsage('Nobody can be asked here.', 'Add --yes to remove it without asking.');
      const answer = await terminal.ask(`Remove "${name}" with its links and logs? Type its slug: `);
      if (answer.trim() !== app) throw new CommandFailed('Nothing was removed.');
    }
    const removed = await client.ask(applicationSchema, { method: 'DELETE', path });
    print(removed, () => `"${name}" is no longer provisioned; its data is being removed in the background.\n`);
  });
  return withExamples(command, [['rollcall application remove crm', 'asks first; the target keeps its users']]);
}

/** An application for people: what it is, its settings, and what should be seen to. */
export function describe(application: ApplicationView): string {
  const { connection } = application;
  const entries: (readonly [string, string])[] = [
    ['id', application.id],
    ['slug', application.slug],
    ['name', application.name],
    ['directory', application.directory],
    ['state', application.state],
    ['url', connection?.baseUrl ?? ''],
    ['credentials', connection === null ? '' : credentials(application)],
    ['dialect', connection?.dialect ?? ''],
    ['expires', connection?.expiresAt ?? ''],
    ...describeSettings(application.settings),
    ['createdAt', application.createdAt],
    ['modifiedAt', application.modifiedAt],
  ];
  return properties(entries) + warningLines(application);
}

function credentials({ connection, hasSecret }: ApplicationView): string {
  const stored = hasSecret ? 'stored' : 'missing';
  switch (connection?.credentials.kind) {
    case 'token':
      return `token (${stored})`;
    case 'basic':
      return `user ${connection.credentials.userName} (password ${stored})`;
    case 'clientCredentials':
      return `client ${connection.credentials.clientId} at ${connection.credentials.tokenUrl} (secret ${stored})`;
    default:
      return 'none';
  }
}

export const warningLines = ({ warnings }: Pick<ApplicationView, 'warnings'>): string =>
  warnings.map((warning) => `\nWarning: ${warning}\n`).join('');
