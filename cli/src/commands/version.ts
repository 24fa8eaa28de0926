import { readFileSync } from 'node:fs';
import { Command } from 'commander';
import { withExamples } from '../admin-command.ts';
import type { Terminal } from '../terminal.ts';

/** The version of this program, from its manifest. */
export const version = (): string =>
  JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')).version;

/** `rollcall version`. */
export function versionCommand(terminal: Terminal): Command {
  const command = new Command('version').description('Print the version').option('--json', 'print JSON');
  command.action(() => {
    const { json } = command.opts<{ readonly json?: boolean }>();
    const shown = { version: version(), node: process.versions.node };
    terminal.out(json === true ? `${JSON.stringify(shown)}\n` : `rollcall ${shown.version} (Node.js ${shown.node})\n`);
  });
  return withExamples(command, [['rollcall version --json', 'with the version of Node.js']]);
}
