import { type ChangeView, changeListSchema } from '@rollcall/server/contract';
import { Command } from 'commander';
import { type Admin, queryOf, requireServer, serverPath, withExamples } from '../admin-command.ts';
import { wrongUsage } from '../command-failed.ts';
import { jsonText, printable } from '../printable.ts';

const PAGE = '1000';
const WAIT_SECONDS = '30';

interface Options {
  readonly identityServer: string;
  readonly after?: string;
  readonly follow?: boolean;
}

/** `rollcall changes`: who was created, changed, disabled, joined or left which group, in order. */
export function changesCommand(admin: Admin): Command {
  const command = new Command('changes')
    .description('Who was created, changed, disabled, joined or left which group, in order')
    .requiredOption('--identity-server <slug>', 'identity server to look at')
    .option('--after <n>', 'begin after this position (default 0: all that is kept)')
    .option('--follow', 'go on with new ones as they come');
  admin.command<Options>(command, async ({ client, options, terminal }) => {
    let after = options.after ?? '0';
    if (!/^\d{1,15}$/.test(after)) throw wrongUsage(`--after: "${after}" is no position.`, 'It is the n of a change.');
    if (options.follow === true) requireServer(client);
    for (;;) {
      const wait = options.follow === true ? WAIT_SECONDS : '0';
      const path = serverPath(options.identityServer, 'changes') + queryOf({ after, limit: PAGE, wait });
      const { changes, next } = await client.ask(changeListSchema, { method: 'GET', path });
      for (const change of changes) terminal.out(`${options.json === true ? jsonText(change) : line(change)}\n`);
      after = String(next);
      if (changes.length === 0 && options.follow !== true) return;
    }
  });
  return withExamples(command, [
    ['rollcall changes --identity-server entra --follow --json', 'one JSON object a line, as it happens'],
    ['rollcall changes --identity-server entra --after 4711', 'what happened since'],
  ]);
}

function line(change: ChangeView): string {
  const members = [
    ...(change.membersAdded ?? []).map((id) => `+${id}`),
    ...(change.membersRemoved ?? []).map((id) => `-${id}`),
  ];
  const details = [...(change.attributes ?? []), ...members].join(' ');
  const subject = `${change.type} ${change.label} (${change.id})`;
  return printable([String(change.n), change.date, change.kind, subject, details].join('  ').trimEnd());
}
