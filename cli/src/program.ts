import { Command, CommanderError } from 'commander';
import { createAdmin, withExamples } from './admin-command.ts';
import { CommandFailed } from './command-failed.ts';
import { administratorCommand } from './commands/administrator.ts';
import { apiTokenCommand } from './commands/api-token.ts';
import { applicationCommand } from './commands/application.ts';
import { auditCommand } from './commands/audit.ts';
import { backupCommand } from './commands/backup.ts';
import { changesCommand } from './commands/changes.ts';
import { copyCommand } from './commands/copy.ts';
import { directoryCommand } from './commands/directory.ts';
import { expressionCommand } from './commands/expression.ts';
import { identityServerCommand } from './commands/identity-server.ts';
import { logCommand } from './commands/log.ts';
import { migrateCommand } from './commands/migrate.ts';
import { groupCommand, userCommand } from './commands/resource.ts';
import { restoreCommand } from './commands/restore.ts';
import { schemaCommand } from './commands/schema.ts';
import { serveCommand } from './commands/serve.ts';
import { tokenCommand } from './commands/token.ts';
import { version, versionCommand } from './commands/version.ts';
import { printableLines } from './printable.ts';
import type { Terminal } from './terminal.ts';

/** Runs a command line and resolves with its exit code: 0 done, 1 failed, 2 the command line is wrong. */
export async function runProgram(
  argv: readonly string[],
  terminal: Terminal,
  stopRequested: () => Promise<void>,
): Promise<0 | 1 | 2> {
  const program = createProgram(terminal, stopRequested);
  try {
    await program.parseAsync(argv, { from: 'user' });
    return 0;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    if (!(error instanceof CommandFailed)) {
      terminal.error(printableLines(`Error: ${error instanceof Error ? error.message : String(error)}\n`));
      return 1;
    }
    terminal.error(printableLines(`Error: ${error.message}\n${error.hint === undefined ? '' : `${error.hint}\n`}`));
    return error.status;
  }
}

function createProgram(terminal: Terminal, stopRequested: () => Promise<void>): Command {
  const admin = createAdmin(terminal);
  const program = new Command('rollcall').description(
    'Identity provisioning that people can run themselves: Entra ID, Okta and others push users and groups into it over SCIM 2.0',
  );
  program.version(version(), '--version', 'print the version');
  const commands = [
    serveCommand(terminal, stopRequested),
    identityServerCommand(admin),
    tokenCommand(admin),
    schemaCommand(admin),
    directoryCommand(admin),
    userCommand(admin),
    groupCommand(admin),
    applicationCommand(admin),
    expressionCommand(admin),
    logCommand(admin),
    auditCommand(admin),
    changesCommand(admin),
    backupCommand(admin),
    restoreCommand(terminal),
    copyCommand(terminal),
    migrateCommand(terminal),
    administratorCommand(admin),
    apiTokenCommand(admin),
    versionCommand(terminal),
  ];
  for (const command of commands) program.addCommand(command);
  withExamples(program, [
    ['rollcall serve', 'start; the other commands talk to it, or to its data directory when it does not run'],
    ['rollcall identity-server add --name "Entra"', 'what Entra ID pushes into'],
    ['rollcall token add --identity-server entra --name "Entra 2026"', 'what Entra ID signs in with'],
  ]);
  prepare(program, terminal);
  return program;
}

function prepare(command: Command, terminal: Terminal): void {
  command.exitOverride();
  command.configureOutput({
    writeOut: terminal.out,
    writeErr: terminal.error,
    outputError: (text, write) => write(printableLines(text.replace(/^error:/, 'Error:'))),
  });
  command.helpCommand(false);
  command.showHelpAfterError('Add --help for the options and examples.');
  for (const below of command.commands) prepare(below, terminal);
}
