import type { Command } from 'commander';
import { type AdminClient, openAdminClient } from './admin-client.ts';
import { CommandFailed } from './command-failed.ts';
import { jsonText, printableLines } from './printable.ts';
import { dataDirectory } from './read-config.ts';
import type { Terminal } from './terminal.ts';

interface Common {
  readonly data?: string;
  readonly json?: boolean;
}

/** What the body of a command works with. */
export interface Run<Options> {
  readonly client: AdminClient;
  readonly terminal: Terminal;
  readonly options: Options & Common;
  readonly args: readonly string[];
  /** Prints `value` as one line of JSON with `--json`, else what `human` makes of it, line by line. */
  print(value: unknown, human: () => string): void;
  /** Prints a secret alone, so that it can be sent into a file; what is to be said of it goes to standard error. */
  printSecret(value: unknown, secret: string, about: () => string): void;
}

export interface Admin {
  readonly terminal: Terminal;
  /** Makes `command` a client of the admin API: it gets `--data` and `--json`, and `body` as its action. */
  command<Options extends object>(
    command: Command,
    body: (run: Run<Options>) => Promise<void>,
    place?: { readonly create: boolean },
  ): void;
}

export function createAdmin(terminal: Terminal): Admin {
  return {
    terminal,
    command<Options extends object>(
      command: Command,
      body: (run: Run<Options>) => Promise<void>,
      place = { create: false },
    ) {
      command
        .option('--data <dir>', 'data directory (ROLLCALL_DATA; default ./data)')
        .option('--json', 'print JSON')
        .action(async () => {
          const options = command.opts<Options & Common>();
          const data = dataDirectory(options.data, terminal.environment);
          const client = await openAdminClient({ data, environment: terminal.environment, ...place });
          try {
            await body({
              client,
              terminal,
              options,
              args: command.args,
              print(value, human) {
                terminal.out(options.json === true ? `${jsonText(value)}\n` : printableLines(human()));
              },
              printSecret(value, secret, about) {
                if (options.json !== true) terminal.error(printableLines(about()));
                terminal.out(options.json === true ? `${jsonText(value)}\n` : `${secret}\n`);
              },
            });
          } finally {
            await client.close();
          }
        });
    },
  };
}

/** For commands that wait for what happens. Errors: CommandFailed where no server runs, and so nothing does. */
export function requireServer(client: AdminClient): void {
  if (client.isServed) return;
  throw new CommandFailed(
    'No server runs on this data directory, so nothing new can come.',
    'Start one with rollcall serve, or leave --follow out.',
  );
}

/** Puts examples under a command's help: the line to type, and what it does. */
export function withExamples(command: Command, examples: readonly (readonly [string, string])[]): Command {
  const lines = examples.map(([line, meaning]) => `  $ ${line}\n      ${meaning}`);
  return command.addHelpText('after', `\nExamples:\n${lines.join('\n')}`);
}

/** Path of an identity server in the admin API, or of something below it. */
export const serverPath = (server: string, ...below: readonly string[]): string =>
  pathOf('/api/identity-servers', server, ...below);

/** Path of an application in the admin API, or of something below it. */
export const applicationPath = (application: string, ...below: readonly string[]): string =>
  pathOf('/api/applications', application, ...below);

/** A path of the admin API; what follows `collection` is encoded. */
export const pathOf = (collection: string, ...parts: readonly string[]): string =>
  [collection, ...parts.map(encodeURIComponent)].join('/');

/** A query string of the parameters that have a value. */
export function queryOf(parameters: Readonly<Record<string, string | undefined>>): string {
  const given = Object.entries(parameters).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return given.length === 0 ? '' : `?${new URLSearchParams(given).toString()}`;
}
