import { configSchema } from '@rollcall/server/config';
import { Command } from 'commander';
import { withExamples } from '../admin-command.ts';
import { CommandFailed, wrongUsage } from '../command-failed.ts';
import { jsonText, printableLines } from '../printable.ts';
import { dataDirectory } from '../read-config.ts';
import { table } from '../table.ts';
import type { Terminal } from '../terminal.ts';

interface Options {
  readonly data?: string;
  readonly databaseUrl?: string;
  readonly dryRun?: boolean;
  readonly json?: boolean;
}

/** `rollcall migrate`: bring the database to this version of the program before it is started. */
export function migrateCommand(terminal: Terminal): Command {
  const command = new Command('migrate')
    .description('Bring the database to this version of Rollcall, as serve does when it starts; forward only')
    .option('--dry-run', 'only say what it would do')
    .option('--data <dir>', 'data directory (ROLLCALL_DATA; default ./data)')
    .option('--database-url <url>', 'PostgreSQL database instead of it (ROLLCALL_DATABASE_URL)')
    .option('--json', 'print JSON');
  command.action(async () => {
    const { data, dryRun = false, json, ...given } = command.opts<Options>();
    const databaseUrl = databaseOf(given.databaseUrl ?? terminal.environment.ROLLCALL_DATABASE_URL);
    const directory = dataDirectory(data, terminal.environment);
    const { DirectoryInUse, migrateDatabase } = await import('@rollcall/server');
    const migrated = await migrateDatabase({ directory, databaseUrl, dryRun }).catch((error: unknown) => {
      if (!(error instanceof DirectoryInUse)) throw error;
      throw new CommandFailed(error.message, 'Stop the server first; it migrates by itself when it starts.');
    });
    const { from, to, steps, backup } = migrated;
    if (json === true) {
      terminal.out(`${jsonText({ ...migrated, dryRun })}\n`);
      return;
    }
    if (steps.length === 0) {
      terminal.out(`The database has version ${from}: there is nothing to do.\n`);
      return;
    }
    const rows = steps.map(({ version, does }) => [String(version), does]);
    const said = dryRun ? 'would be brought' : 'was brought';
    const kept = backup === undefined ? '' : `As it was, it is now ${backup}\n`;
    terminal.out(
      printableLines(
        `${table(['version', 'brings'], rows)}\nThe database ${said} from version ${from} to ${to}.\n${kept}`,
      ),
    );
  });
  return withExamples(command, [
    ['rollcall migrate --dry-run', 'what an update is going to do, while the older version still runs'],
    ['rollcall migrate', 'do it, then start the new version'],
  ]);
}

function databaseOf(url: string | undefined): string | undefined {
  if (url === undefined || url === '') return undefined;
  const parsed = configSchema.shape.databaseUrl.safeParse(url);
  if (parsed.success) return parsed.data;
  const said = parsed.error.issues[0]?.message ?? 'is not valid';
  throw wrongUsage(`--database-url (ROLLCALL_DATABASE_URL): ${said}`, 'rollcall migrate --help');
}
