import { createWriteStream } from 'node:fs';
import { resolve } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setTimeout as wait } from 'node:timers/promises';
import { type LogEntryView, logClearedSchema, logSchema } from '@rollcall/server/contract';
import { Command } from 'commander';
import type { AdminClient } from '../admin-client.ts';
import { type Admin, queryOf, type Run, requireServer, serverPath, withExamples } from '../admin-command.ts';
import { CommandFailed, wrongUsage } from '../command-failed.ts';
import { outcome } from '../outcome.ts';
import { jsonText, printable } from '../printable.ts';
import { table } from '../table.ts';
import type { Terminal } from '../terminal.ts';
import { logShowCommand } from './log-show.ts';

const POLL_EVERY = 1000;

interface Options {
  readonly identityServer: string;
  readonly since?: string;
  readonly until?: string;
  readonly method?: string;
  readonly status?: string;
  readonly path?: string;
  readonly search?: string;
  readonly limit?: string;
  readonly follow?: boolean;
  readonly clear?: boolean;
  readonly yes?: boolean;
  readonly export?: string;
}

/** `rollcall log`: what came in over SCIM, and what was answered. */
export function logCommand(admin: Admin): Command {
  const command = new Command('log').description('The request log: what came in, and what was answered');
  command.addCommand(listCommand(admin));
  command.addCommand(logShowCommand(admin));
  return withExamples(command, [
    ['rollcall log list --identity-server entra --status 4xx', 'what was refused, newest first'],
    ['rollcall log show --identity-server entra 4711', 'one of them, with headers and bodies'],
  ]);
}

function listCommand(admin: Admin): Command {
  const command = new Command('list')
    .description('List, follow, export or clear the requests of an identity server')
    .requiredOption('--identity-server <slug>', 'identity server to look at')
    .option('--since <time>', 'from then on: 1h, 2026-03-01, 2026-03-01T08:00:00Z')
    .option('--until <time>', 'up to then')
    .option('--method <method>', 'GET, POST, PATCH ...')
    .option('--status <status>', '404, or a class: 4xx')
    .option('--path <text>', 'part of the path or query')
    .option('--search <text>', 'part of any text, headers and bodies included')
    .option('--limit <n>', 'how many at most (default 100)')
    .option('--follow', 'go on with new ones as they come')
    .option('--export <file>', 'write all of them to a new file as JSON lines (- is standard output)')
    .option('--clear', 'remove all of them; asks')
    .option('--yes', 'do not ask');
  admin.command<Options>(command, async (run) => {
    const modes = [run.options.follow, run.options.clear, run.options.export].filter((mode) => mode !== undefined);
    if (modes.length > 1) throw wrongUsage('--follow, --clear and --export exclude each other.');
    if (run.options.clear === true && Object.values(conditions(run.options)).some((value) => value !== undefined))
      throw wrongUsage('--clear removes the whole log; it takes no conditions.', 'See them first: leave --clear out.');
    if (run.options.clear === true) return clear(run);
    if (run.options.export !== undefined) return exportTo(run, run.options.export);
    if (run.options.follow === true) return follow(run);
    return list(run);
  });
  return withExamples(command, [
    ['rollcall log list --identity-server entra --since 1h --search bjensen', 'one person, in the last hour'],
    ['rollcall log list --identity-server entra --status 4xx --json', 'for a program: one JSON object a line'],
    ['rollcall log list --identity-server entra --export requests.jsonl', 'the whole log'],
  ]);
}

async function list({ client, options, terminal }: Run<Options>): Promise<void> {
  const { limit } = options;
  const entries = await search(client, options.identityServer, { ...conditions(options), limit });
  if (options.json === true) terminal.out(jsonLines(entries));
  else terminal.out(entries.length === 0 ? 'No such requests.\n' : table(HEADINGS, entries.map(row)));
}

async function follow({ client, options, terminal }: Run<Options>): Promise<void> {
  requireServer(client);
  const asked = conditions(options);
  let after: string | undefined;
  for (;;) {
    const query = after === undefined ? { ...asked, limit: options.limit ?? '10' } : { ...asked, after, limit: '1000' };
    const found = await search(client, options.identityServer, query);
    const entries = after === undefined ? found.reverse() : found;
    if (options.json === true) terminal.out(jsonLines(entries));
    else for (const entry of entries) terminal.out(`${printable(row(entry).join('  '))}\n`);
    after = String(entries.at(-1)?.n ?? after ?? 0);
    await wait(POLL_EVERY);
  }
}

async function clear({ client, options, terminal, print }: Run<Options>): Promise<void> {
  await confirm(terminal, options);
  const path = serverPath(options.identityServer, 'log');
  const answer = await client.ask(logClearedSchema, { method: 'DELETE', path });
  print(answer, () => `${answer.cleared} requests removed from the log.\n`);
}

async function confirm(terminal: Terminal, options: Options): Promise<void> {
  if (options.yes === true) return;
  if (!terminal.interactive)
    throw wrongUsage('Nobody can be asked here.', 'Add --yes to clear the log without asking.');
  const answer = await terminal.ask(`Remove all requests of ${options.identityServer} from the log? [y/N] `);
  if (!/^y(es)?$/i.test(answer.trim())) throw new CommandFailed('Nothing was removed.');
}

async function exportTo({ client, options, terminal, print }: Run<Options>, file: string): Promise<void> {
  const path = serverPath(options.identityServer, 'log', 'export') + queryOf(conditions(options));
  const lines = await client.stream({ method: 'GET', path });
  if (file === '-') {
    for await (const part of lines) terminal.out(String(part));
    return;
  }
  const target = resolve(terminal.directory, file);
  // Requests hold personal data: for the owner's eyes only.
  await pipeline(Readable.from(lines), createWriteStream(target, { flags: 'wx', mode: 0o600 })).catch((error) => {
    if (error.code !== 'EEXIST') throw error;
    throw new CommandFailed(`${target} exists already.`, 'An export never replaces a file. Choose another.');
  });
  print({ file: target }, () => `Written to ${target}\n`);
}

async function search(client: AdminClient, server: string, query: Record<string, string | undefined>) {
  const path = serverPath(server, 'log') + queryOf(query);
  return (await client.ask(logSchema, { method: 'GET', path })).entries;
}

const conditions = ({ since, until, method, status, path, search: text }: Options) => ({
  since,
  until,
  method,
  status,
  path,
  search: text,
});

const jsonLines = (entries: readonly LogEntryView[]): string => entries.map((entry) => `${jsonText(entry)}\n`).join('');

const HEADINGS = ['N', 'DATE', 'STATUS', 'METHOD', 'MS', 'ADDRESS', 'TOKEN', 'REQUEST', 'OUTCOME'];

const row = (entry: LogEntryView): string[] => [
  String(entry.n),
  entry.date,
  String(entry.status),
  entry.method,
  entry.durationMs.toFixed(1),
  entry.address,
  entry.token ?? '',
  entry.url,
  outcome(entry),
];
