import { resolve } from 'node:path';
import { backupSchema } from '@rollcall/server/contract';
import { Command } from 'commander';
import { type Admin, withExamples } from '../admin-command.ts';

/** `rollcall backup`: a consistent copy of the database, also while it is in use. */
export function backupCommand(admin: Admin): Command {
  const command = new Command('backup')
    .description('Copy the database to a file, also while the server runs')
    .argument('<file>', 'file to write; it must not exist yet');
  admin.command(command, async ({ client, terminal, args: [file = ''], print }) => {
    const body = { file: resolve(terminal.directory, file) };
    const backup = await client.ask(backupSchema, { method: 'POST', path: '/api/backup', body });
    print(
      backup,
      () =>
        `Written to ${backup.file} (${backup.bytes} bytes).\n` +
        `The keys are not in it, nor is the request log. Keep a copy of ${backup.keysFile} as well, apart from the backup:\n` +
        'without these keys the tokens in the backup are worthless.\n',
    );
  });
  return withExamples(command, [
    ['rollcall backup /var/backups/rollcall-2026-03-01.db', 'readable by its owner alone'],
  ]);
}
