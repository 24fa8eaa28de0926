import { resolve } from 'node:path';
import { Command } from 'commander';
import { withExamples } from '../admin-command.ts';
import { CommandFailed } from '../command-failed.ts';
import { dataDirectory } from '../read-config.ts';
import type { Terminal } from '../terminal.ts';

interface Options {
  readonly data?: string;
  readonly json?: boolean;
}

/** `rollcall restore`: put a backup in the place of the database; what it replaces stays beside it. */
export function restoreCommand(terminal: Terminal): Command {
  const command = new Command('restore')
    .description('Put a backup in the place of the database; no server may run on it')
    .argument('<file>', 'what rollcall backup wrote')
    .option('--data <dir>', 'data directory (ROLLCALL_DATA; default ./data)')
    .option('--json', 'print JSON');
  command.action(async () => {
    const { data, json } = command.opts<Options>();
    const directory = dataDirectory(data, terminal.environment);
    const file = resolve(terminal.directory, command.args[0] ?? '');
    const { DirectoryInUse, restoreDatabase } = await import('@rollcall/server');
    const { replaced } = await restoreDatabase(directory, file).catch((error: unknown) => {
      if (!(error instanceof DirectoryInUse)) throw error;
      throw new CommandFailed(error.message, 'Stop the server first, then restore.');
    });
    if (json === true) {
      terminal.out(`${JSON.stringify({ restored: file, replaced: replaced ?? null })}\n`);
      return;
    }
    const kept = replaced === undefined ? '' : `The database that was there is now ${replaced}\n`;
    terminal.out(`Restored from ${file}.\n${kept}Tokens in it work only with the keys that they were made with.\n`);
  });
  return withExamples(command, [
    ['rollcall restore /var/backups/rollcall-2026-03-01.db', 'then start the server again'],
  ]);
}
