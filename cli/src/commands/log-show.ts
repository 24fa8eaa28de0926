import { curlSchema, type LogEntryView, logSchema } from '@rollcall/server/contract';
import { Command } from 'commander';
import type { AdminClient } from '../admin-client.ts';
import { type Admin, queryOf, serverPath, withExamples } from '../admin-command.ts';
import { CommandFailed } from '../command-failed.ts';
import { outcome } from '../outcome.ts';
import { jsonText } from '../printable.ts';

interface Options {
  readonly identityServer: string;
  readonly curl?: boolean;
}

/** `rollcall log show`: one request as it came in, and its answer. */
export function logShowCommand(admin: Admin): Command {
  const command = new Command('show')
    .description('Show one request with its answer')
    .argument('<n>', 'its number in the list, or its id: what the client got as X-Request-Id')
    .requiredOption('--identity-server <slug>', 'identity server to look at')
    .option('--curl', 'as a curl command, with $TOKEN in the place of its credentials');
  admin.command<Options>(command, async ({ client, options, args: [name = ''], print }) => {
    const entry = await find(client, options.identityServer, name);
    if (options.curl !== true) return print(entry, () => describe(entry));
    const path = serverPath(options.identityServer, 'log', String(entry.n), 'curl');
    const command = await client.ask(curlSchema, { method: 'GET', path });
    print(command, () => [...command.warnings.map((warning) => `# ${warning}`), command.curl, ''].join('\n'));
  });
  return withExamples(command, [
    ['rollcall log show --identity-server entra 4711', 'headers, bodies, and what was straightened'],
    ['rollcall log show --identity-server entra 4711 --curl', 'a command that sends it again'],
  ]);
}

async function find(client: AdminClient, server: string, name: string): Promise<LogEntryView> {
  const query = /^\d{1,15}$/.test(name) ? { before: String(Number(name) + 1), limit: '1' } : { search: name };
  const path = serverPath(server, 'log') + queryOf(query);
  const { entries } = await client.ask(logSchema, { method: 'GET', path });
  const entry = entries.find(({ n, id }) => String(n) === name || id === name);
  if (entry !== undefined) return entry;
  throw new CommandFailed(
    `There is no request ${name} in the log of ${server}.`,
    `rollcall log list --identity-server ${server}`,
  );
}

function describe(entry: LogEntryView): string {
  const { date, address, token, durationMs } = entry;
  const notes = entry.notes.map(({ quirk, detail }) => `  ${quirk}${detail === undefined ? '' : `: ${detail}`}\n`);
  return [
    `${date} from ${address}${token === null ? '' : ` with ${token}`}, ${durationMs.toFixed(1)} ms, id ${entry.id}\n`,
    `\n${entry.method} ${entry.url}\n`,
    headers(entry.requestHeaders),
    body(entry.requestBody, entry.requestBodyCut),
    `\n${entry.status} ${outcome({ ...entry, notes: [] })}`.trimEnd(),
    `\n${headers(entry.responseHeaders)}`,
    body(entry.responseBody, entry.responseBodyCut),
    notes.length === 0 ? '' : `\nStraightened:\n${notes.join('')}`,
  ].join('');
}

const headers = (all: Readonly<Record<string, string>>): string =>
  Object.entries(all)
    .map(([name, value]) => `${name}: ${value}\n`)
    .join('');

function body(text: string | null, cut: number): string {
  if (text === null || text === '') return '';
  return `\n${indented(text)}\n${cut === 0 ? '' : `(${cut} more bytes were not kept)\n`}`;
}

function indented(text: string): string {
  try {
    return jsonText(JSON.parse(text), 2);
  } catch {
    return text;
  }
}
