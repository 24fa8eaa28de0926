import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { ConnectionChanges } from '@rollcall/server/contract';
import { type Command, Option } from 'commander';
import { CommandFailed, wrongUsage } from '../command-failed.ts';
import type { Terminal } from '../terminal.ts';

/** What the options of `withConnection` hold. */
export interface ConnectionOptions {
  readonly url?: string;
  readonly tokenFile?: string;
  readonly user?: string;
  readonly passwordFile?: string;
  readonly tokenUrl?: string;
  readonly clientId?: string;
  readonly clientSecretFile?: string;
  readonly clientScope?: string;
  readonly withoutCredentials?: boolean;
  readonly dialect?: 'rfc' | 'entra';
  readonly expires?: string;
}

/** Gives a command the options that describe a connection. Secrets come from files: a command line can be read by others. */
export function withConnection(command: Command): Command {
  return command
    .option('--url <url>', 'SCIM base URL of the target, without /Users')
    .option('--token-file <file>', 'file with the secret token; - is standard input')
    .option('--user <name>', 'user name, for Basic authentication')
    .option('--password-file <file>', 'file with its password')
    .option('--token-url <url>', 'where OAuth 2 client credentials get a token')
    .option('--client-id <id>', 'OAuth 2 client')
    .option('--client-secret-file <file>', 'file with its secret')
    .option('--client-scope <scope>', 'OAuth 2 scope')
    .option('--without-credentials', 'sign in nowhere, for tests')
    .option('--expires <date>', 'when the credentials expire: mails warn before')
    .addOption(new Option('--dialect <dialect>', 'how a PATCH is written (default rfc)').choices(['rfc', 'entra']));
}

/** The connection that options describe; undefined when they say nothing of one. Errors: exit code 2. */
export async function readConnection(
  terminal: Terminal,
  options: ConnectionOptions,
): Promise<ConnectionChanges | undefined> {
  const { url, dialect, expires } = options;
  const changes: ConnectionChanges = {
    ...(url === undefined ? {} : { baseUrl: url }),
    ...(dialect === undefined ? {} : { dialect }),
    ...(expires === undefined ? {} : { expiresAt: date(expires) }),
    ...(await readCredentials(terminal, options)),
  };
  return Object.keys(changes).length === 0 ? undefined : changes;
}

async function readCredentials(
  terminal: Terminal,
  options: ConnectionOptions,
): Promise<Pick<ConnectionChanges, 'credentials' | 'secret'>> {
  const { tokenFile, user, passwordFile, tokenUrl, clientId, clientSecretFile, clientScope } = options;
  const kinds = [
    tokenFile !== undefined,
    user !== undefined || passwordFile !== undefined,
    tokenUrl !== undefined || clientId !== undefined || clientSecretFile !== undefined,
    options.withoutCredentials === true,
  ];
  if (kinds.filter(Boolean).length > 1) {
    throw wrongUsage('Choose one way to sign in: a token, a user name and password, or OAuth 2 client credentials.');
  }
  const secretOf = async (file: string | undefined) =>
    file === undefined ? {} : { secret: await readSecret(terminal, file) };
  if (tokenFile !== undefined) return { credentials: { kind: 'token' }, ...(await secretOf(tokenFile)) };
  if (options.withoutCredentials === true) return { credentials: { kind: 'none' } };
  if (tokenUrl !== undefined || clientId !== undefined) {
    if (tokenUrl === undefined || clientId === undefined) {
      throw wrongUsage('OAuth 2 client credentials need --token-url, --client-id and --client-secret-file.');
    }
    const scope = clientScope ?? null;
    return {
      credentials: { kind: 'clientCredentials', tokenUrl, clientId, scope },
      ...(await secretOf(clientSecretFile)),
    };
  }
  if (user !== undefined) {
    return { credentials: { kind: 'basic', userName: user }, ...(await secretOf(passwordFile)) };
  }
  return secretOf(passwordFile ?? clientSecretFile);
}

/** The one line of a file that holds a secret; `-` is standard input. */
async function readSecret(terminal: Terminal, file: string): Promise<string> {
  const secret = (await readText(terminal, file)).replace(/^\uFEFF/, '').trim();
  if (secret === '') throw new CommandFailed(`${file} is empty; it should hold the secret.`);
  if (/[\r\n]/.test(secret)) throw new CommandFailed(`${file} has several lines; it should hold the secret alone.`);
  return secret;
}

/** The text of a file; `-` is standard input. Errors: CommandFailed. */
export async function readText(terminal: Terminal, file: string): Promise<string> {
  if (file === '-') return terminal.read();
  try {
    return await readFile(resolve(terminal.directory, file), 'utf8');
  } catch (error) {
    throw new CommandFailed(`${file} cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** A day or a moment as the API takes it; `never` is none. */
export function date(text: string): string | null {
  if (text === 'never') return null;
  const time = /^\d{4}-\d{2}-\d{2}/.test(text) ? Date.parse(text) : Number.NaN;
  if (!Number.isNaN(time)) return new Date(time).toISOString();
  throw wrongUsage(`"${text}" is no date.`, 'Write it as 2027-03-01, or never.');
}
