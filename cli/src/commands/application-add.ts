import { type ApplicationView, applicationSchema } from '@rollcall/server/contract';
import { Command, Option } from 'commander';
import { type Admin, withExamples } from '../admin-command.ts';
import { wrongUsage } from '../command-failed.ts';
import { type ConnectionOptions, readConnection, withConnection } from './application-connection.ts';
import { warningLines } from './application-list.ts';

interface AddOptions extends ConnectionOptions {
  readonly name: string;
  readonly slug?: string;
  readonly directory?: string;
  readonly scope?: 'all' | 'assigned';
}

/** `rollcall application add`. */
export function addCommand(admin: Admin): Command {
  const command = withConnection(
    new Command('add')
      .description('Make an application')
      .requiredOption('--name <name>', 'what people call it')
      .option('--slug <slug>', 'its part of URLs (made of the name)')
      .option('--directory <slug>', 'identity server whose users and groups it gets (the default or only one)')
      .addOption(new Option('--scope <scope>', 'who is provisioned (default assigned)').choices(['all', 'assigned'])),
  );
  admin.command<AddOptions>(command, async ({ client, options, terminal, print }) => {
    const { name, slug, directory, scope } = options;
    const connection = await readConnection(terminal, options);
    if (connection !== undefined && connection.baseUrl === undefined) {
      throw wrongUsage('A connection needs --url.', 'Or leave the connection out, and enter it later.');
    }
    const settings = scope === undefined ? undefined : { scope };
    const body = { name, slug, directory, settings, connection };
    const added = await client.ask(applicationSchema, { method: 'POST', path: '/api/applications', body });
    print(
      added,
      () => `Application "${added.name}" is there, provisioned from ${added.directory}.\n${nextStep(added)}`,
    );
  });
  return withExamples(command, [
    [
      'rollcall application add --name "CRM" --directory hr --url https://crm.example.org/scim/v2 --token-file token.txt',
      'with a secret token',
    ],
    [
      'rollcall application add --name "Help Desk" --url URL --user rollcall --password-file password.txt',
      'with Basic authentication',
    ],
    [
      'rollcall application add --name "ERP" --url URL --token-url URL --client-id ID --client-secret-file secret.txt',
      'with OAuth 2 client credentials',
    ],
    ['rollcall application add --name "Test" --url URL --token-file token.txt --dialect entra', 'writes like Entra ID'],
  ]);
}

function nextStep(added: ApplicationView): string {
  if (added.connection === null) return warningLines(added);
  const { slug, settings } = added;
  const who = settings.scope === 'all' ? '' : `  npx rollcall application assign ${slug} group:NAME\n`;
  return `\nNext:\n  npx rollcall application test ${slug}\n${who}  npx rollcall application start ${slug}\n`;
}
