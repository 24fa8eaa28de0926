import { type ConnectionVerdictView, connectionVerdictSchema, type ExchangeView } from '@rollcall/server/contract';
import { Command } from 'commander';
import { type Admin, applicationPath, withExamples } from '../admin-command.ts';
import { CommandFailed } from '../command-failed.ts';
import { jsonText } from '../printable.ts';
import { table } from '../table.ts';
import { type ConnectionOptions, readConnection, withConnection } from './application-connection.ts';

/** `rollcall application test`: whether the target can be reached, and what it can do. */
export function testCommand(admin: Admin): Command {
  const command = withConnection(
    new Command('test')
      .description('Test the connection, as it is saved or with other values that are not saved')
      .argument('<app>'),
  );
  admin.command<ConnectionOptions>(command, async ({ client, options, terminal, args: [app = ''], print }) => {
    const body = { connection: await readConnection(terminal, options) };
    const request = { method: 'POST', path: applicationPath(app, 'test'), body } as const;
    const verdict = await client.ask(connectionVerdictSchema, request);
    print(verdict, () => describe(verdict));
    if (!verdict.ok) throw new CommandFailed(`The connection does not work (${verdict.fault ?? 'unknown'}).`);
  });
  return withExamples(command, [
    ['rollcall application test crm', 'the saved connection; what the target can do is kept'],
    ['rollcall application test crm --token-file new.txt', 'a new token, before it is saved'],
  ]);
}

function describe({ ok, message, capabilities, exchanges }: ConnectionVerdictView): string {
  const verdict = `${ok ? 'It works' : 'It does not work'}: ${message}\n`;
  const rows = capabilities.map(({ name, supported, how, evidence }) => [
    name,
    supported === null ? '?' : supported ? 'yes' : 'no',
    how,
    evidence,
  ]);
  const abilities = rows.length === 0 ? '' : `\n${table(['CAPABILITY', '', 'HOW', 'KNOWN FROM'], rows)}`;
  const failed = exchanges.at(-1);
  return ok || failed === undefined ? verdict + abilities : `${verdict}\n${exchangeText(failed)}${abilities}`;
}

/** A request and its answer, for people. */
export function exchangeText(exchange: ExchangeView): string {
  const { method, url, status, failure, durationMs } = exchange;
  const answer = status === null ? (failure ?? 'no answer') : `${status}${failure === null ? '' : ` ${failure}`}`;
  return [
    `${method} ${url}\n`,
    bodyText(exchange.requestBody),
    `→ ${answer}, ${Math.round(durationMs)} ms\n`,
    bodyText(exchange.responseBody),
  ].join('');
}

function bodyText(body: string | null): string {
  if (body === null || body === '') return '';
  try {
    return `${jsonText(JSON.parse(body), 2)}\n`;
  } catch {
    return `${body}\n`;
  }
}
