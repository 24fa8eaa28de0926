import { type Config, configSchema } from '@rollcall/server/config';
import { issueText } from '@rollcall/server/contract';
import { wrongUsage } from './command-failed.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** `publicUrl` → `--public-url`. */
export const flagOf = (key: string): string => `--${key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;

/** `publicUrl` → `ROLLCALL_PUBLIC_URL`. */
export const variableOf = (key: string): string =>
  `ROLLCALL_${key.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase()}`;

/** The data directory: the flag, else ROLLCALL_DATA, else ./data. */
export const dataDirectory = (flag: string | undefined, environment: Environment): string =>
  [flag, environment[variableOf('data')]].find((given) => given !== undefined && given !== '') ?? './data';

/** The configuration of flags, environment and defaults, in this order. Errors: exit code 2, naming flag and variable. */
export function readConfig(flags: Readonly<Record<string, unknown>>, environment: Environment): Config {
  const given: Record<string, unknown> = {};
  for (const key of Object.keys(configSchema.shape)) {
    const value = flags[key] ?? environment[variableOf(key)];
    if (value !== undefined && value !== '') given[key] = value;
  }
  const parsed = configSchema.safeParse(given);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const key = String(issue?.path[0] ?? '');
  throw wrongUsage(
    `${flagOf(key)} (${variableOf(key)}): ${issue === undefined ? 'is not valid' : issueText(issue)}`,
    'rollcall serve --help',
  );
}
