import { setTimeout as wait } from 'node:timers/promises';
import { type ProvisioningStatusView, provisioningStatusSchema } from '@rollcall/server/contract';
import { Command } from 'commander';
import type { AdminClient } from '../admin-client.ts';
import { type Admin, applicationPath, withExamples } from '../admin-command.ts';
import { CommandFailed } from '../command-failed.ts';
import { jsonText, printableLines } from '../printable.ts';
import type { Terminal } from '../terminal.ts';
import { progressLine, statusText } from './application-status-text.ts';

const POLL_EVERY = 1000;

/** `rollcall application status`: what a job does now, did last and does next. */
export function statusCommand(admin: Admin): Command {
  const command = new Command('status')
    .description('Show what provisioning does now, did last and does next')
    .argument('<app>')
    .option('--watch', 'go on showing it until you press Ctrl+C');
  admin.command<{ readonly watch?: boolean }>(
    command,
    async ({ client, options, terminal, args: [app = ''], print }) => {
      const read = () => ask(client, app);
      if (options.watch === true) {
        if (!client.isServed) {
          const message = 'No server runs on this data directory, so nothing goes on.';
          throw new CommandFailed(message, 'Start one with rollcall serve, or leave --watch out.');
        }
        return watch(terminal, read, options.json === true);
      }
      const status = await read();
      print(status, () => statusText(status, terminal.columns));
    },
  );
  return withExamples(command, [
    ['rollcall application status crm', 'state, counts, last and next run, and what to do'],
    ['rollcall application status crm --watch', 'with a progress bar on a terminal'],
  ]);
}

const ask = (client: AdminClient, app: string): Promise<ProvisioningStatusView> =>
  client.ask(provisioningStatusSchema, { method: 'GET', path: applicationPath(app, 'status') });

/**
 * Shows a status again and again: on a screen in place, elsewhere a line whenever it differs. It ends only with an
 * error of `read`, or with the process.
 */
export async function watch(
  terminal: Terminal,
  read: () => Promise<ProvisioningStatusView>,
  json: boolean,
  pause: () => Promise<unknown> = () => wait(POLL_EVERY),
): Promise<never> {
  let shown = '';
  for (;;) {
    const status = await read();
    if (json) terminal.out(`${jsonText(status)}\n`);
    else if (terminal.columns === undefined) {
      const line = progressLine(status, undefined);
      if (line !== shown) terminal.out(`${status.at} ${printableLines(line)}\n`);
      shown = line;
    } else {
      const text = printableLines(statusText(status, terminal.columns));
      terminal.out(replacing(shown, terminal.columns) + text);
      shown = text;
    }
    await pause();
  }
}

/** Moves the cursor up over what was shown, and clears the screen from there. */
function replacing(shown: string, columns: number): string {
  if (shown === '') return '';
  const lines = shown.split('\n').slice(0, -1);
  const rows = lines.reduce((sum, line) => sum + Math.max(1, Math.ceil(line.length / columns)), 0);
  return `\x1b[${rows}A\x1b[J`;
}
