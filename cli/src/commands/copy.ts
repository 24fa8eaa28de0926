import type { CopyProgress } from '@rollcall/server';
import { configSchema } from '@rollcall/server/config';
import { Command } from 'commander';
import { withExamples } from '../admin-command.ts';
import { CommandFailed, wrongUsage } from '../command-failed.ts';
import { jsonText, printableLines } from '../printable.ts';
import { dataDirectory } from '../read-config.ts';
import { table } from '../table.ts';
import type { Terminal } from '../terminal.ts';

interface Options {
  readonly from?: string;
  readonly to?: string;
  readonly keysFile?: string;
  readonly withoutLog?: boolean;
  readonly json?: boolean;
}

const SQLITE = 'sqlite:';
const HELP = 'rollcall copy --help';

/** `rollcall copy`: move from the embedded database to PostgreSQL. */
export function copyCommand(terminal: Terminal): Command {
  const command = new Command('copy')
    .description(
      'Copy everything from a data directory into an empty PostgreSQL database, and compare both; no server may run on them',
    )
    .option('--from <sqlite:dir>', 'data directory to copy (ROLLCALL_DATA; default sqlite:./data)')
    .option('--to <postgres://...>', 'database to copy to (ROLLCALL_DATABASE_URL, which others cannot see)')
    .option('--keys-file <file>', 'file with the keys (ROLLCALL_KEYS_FILE; default keys in the data directory)')
    .option('--without-log', 'leave the request log behind')
    .option('--json', 'print JSON');
  command.action(() => copy(command.opts<Options>(), terminal));
  return withExamples(command, [
    ['rollcall copy --from sqlite:/var/lib/rollcall', 'to the database that ROLLCALL_DATABASE_URL names'],
    [
      'rollcall copy --without-log --to postgres://rollcall@db.example.org/rollcall',
      'the requests until now stay behind',
    ],
  ]);
}

async function copy(options: Options, terminal: Terminal): Promise<void> {
  const directory = sourceOf(options, terminal);
  const url = targetOf(options, terminal);
  const keysFile = [options.keysFile, terminal.environment.ROLLCALL_KEYS_FILE].find(
    (file) => file !== undefined && file !== '',
  );
  const { DirectoryInUse, copyDatabase } = await import('@rollcall/server');
  const began = performance.now();
  const progress = options.json === true ? () => undefined : progressOn(terminal);
  const withLog = options.withoutLog !== true;
  const copied = await copyDatabase({ directory, url, keysFile, withLog, progress }).catch((error: unknown) => {
    if (!(error instanceof DirectoryInUse)) throw error;
    throw new CommandFailed(
      error.message,
      'Stop the server first, then copy: what it takes in meanwhile would be lost.',
    );
  });
  const seconds = (performance.now() - began) / 1000;
  const rows = copied.tables.reduce((sum, each) => sum + each.rows, 0);
  if (options.json === true) {
    terminal.out(`${jsonText({ ...copied, keysFile: copied.keysFile ?? null, rows, seconds })}\n`);
    return;
  }
  const lines = copied.tables
    .filter((each) => each.rows > 0)
    .map((each) => [each.table, String(each.rows), each.checksum]);
  const speed = `${rows} rows in ${seconds.toFixed(1)} s (${Math.round(rows / seconds)} rows/s).`;
  const keys =
    copied.keysFile === undefined
      ? 'There is no keys file: with other keys, tokens and stored credentials are worthless.\n'
      : `The keys are in no database: give every process ${copied.keysFile}, by --keys-file or as keys in its data directory.\n`;
  terminal.out(
    printableLines(
      `${table(['table', 'rows', 'checksum'], lines)}\n${speed} Counts and checksums are the same on both sides.\n${keys}` +
        `Start it with ROLLCALL_DATABASE_URL. ${directory} stays as it is; do not serve it any more.\n`,
    ),
  );
}

function sourceOf({ from }: Options, { environment }: Terminal): string {
  if (from === undefined) return dataDirectory(undefined, environment);
  if (from.startsWith(SQLITE) && from.length > SQLITE.length) return from.slice(SQLITE.length);
  const isPostgres = /^postgres(ql)?:/.test(from);
  throw wrongUsage(
    isPostgres ? '--from: only a data directory can be copied, into PostgreSQL' : '--from: must be sqlite:DIRECTORY',
    HELP,
  );
}

function targetOf({ to }: Options, { environment }: Terminal): string {
  const given = [to, environment.ROLLCALL_DATABASE_URL].find((url) => url !== undefined && url !== '');
  const parsed = configSchema.shape.databaseUrl.safeParse(given);
  if (parsed.success && parsed.data !== undefined) return parsed.data;
  const said = parsed.error?.issues[0]?.message ?? 'is needed';
  throw wrongUsage(`--to (ROLLCALL_DATABASE_URL): ${said}`, HELP);
}

/** Milliseconds between two words about a table that takes long. */
const INTERVAL = 1000;

function progressOn(terminal: Terminal): (progress: CopyProgress) => void {
  let last = performance.now();
  return ({ step, table: name, rows, of }) => {
    const now = performance.now();
    if (now - last < INTERVAL) return;
    last = now;
    terminal.error(step === 'checking' ? `Comparing ${name} ...\n` : `${name}: ${rows} of ${of} rows\n`);
  };
}
