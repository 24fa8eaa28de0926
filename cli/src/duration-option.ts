import { parseDuration } from '@rollcall/server/contract';
import { wrongUsage } from './command-failed.ts';

/** The value of an option that takes a duration, as it was given. Errors: exit code 2. */
export function duration(flag: string, text: string | undefined): string | undefined {
  if (text === undefined || parseDuration(text) !== undefined) return text;
  throw wrongUsage(`${flag}: "${text}" is no duration.`, 'Write it as 90m, 12h or 365d.');
}
