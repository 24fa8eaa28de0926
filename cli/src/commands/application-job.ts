import { provisioningStatusSchema } from '@rollcall/server/contract';
import { Command } from 'commander';
import type { AdminClient } from '../admin-client.ts';
import { type Admin, applicationPath, withExamples } from '../admin-command.ts';

const RESETS = 'watermark, escrows, quarantine, links, full, forceDeletes';

/** `rollcall application start`. */
export function startCommand(admin: Admin): Command {
  const command = new Command('start').description('Begin to provision, or go on after a stop').argument('<app>');
  admin.command(command, async ({ client, args: [app = ''], print }) => {
    const status = await ask(client, app, 'start');
    print(status, () => `"${status.name}" is started.\n${follow(client, app)}`);
  });
  return withExamples(command, [['rollcall application start crm', 'at first everything, then what changes']]);
}

/** `rollcall application stop`. */
export function stopCommand(admin: Admin): Command {
  const command = new Command('stop')
    .description('Stop provisioning after the calls that are under way')
    .argument('<app>');
  admin.command(command, async ({ client, args: [app = ''], print }) => {
    const status = await ask(client, app, 'stop');
    print(status, () => `"${status.name}" is stopped; it goes on where it was: rollcall application start ${app}\n`);
  });
  return withExamples(command, [['rollcall application stop crm', 'nothing is sent to the target any more']]);
}

/** `rollcall application restart`. */
export function restartCommand(admin: Admin): Command {
  const command = new Command('restart')
    .description('Forget what a job remembers, and begin anew')
    .argument('<app>')
    .option('--reset <what...>', `${RESETS} (default watermark,escrows,quarantine)`);
  admin.command<{ readonly reset?: string[] }>(command, async ({ client, options, args: [app = ''], print }) => {
    const reset = (options.reset ?? []).flatMap((part) => part.split(',')).filter((part) => part !== '');
    const status = await ask(client, app, 'restart', { reset });
    print(status, () => `"${status.name}" begins anew.\n${follow(client, app)}`);
  });
  return withExamples(command, [
    ['rollcall application restart crm', 'look at everything again, as Restart in the Entra admin center does'],
    ['rollcall application restart crm --reset escrows', 'try what failed again now'],
    ['rollcall application restart crm --reset links', 'also match every object anew'],
    ['rollcall application restart crm --reset forceDeletes', 'carry out all removals that the guard holds'],
  ]);
}

const ask = (client: AdminClient, app: string, what: string, body?: object) =>
  client.ask(provisioningStatusSchema, { method: 'POST', path: applicationPath(app, what), body });

const follow = (client: AdminClient, app: string): string =>
  client.isServed
    ? `See how it goes: rollcall application status ${app} --watch\n`
    : 'No server runs on this data directory: it begins with rollcall serve.\n';
