import { parseFilter, ScimError } from '@rollcall/scim';

/** What is wrong with a filter as it is written, in the words of the server; undefined when it can be read. */
export function problemOf(filter: string): string | undefined {
  if (filter.trim() === '') return undefined;
  try {
    parseFilter(filter);
    return undefined;
  } catch (error) {
    if (error instanceof ScimError) return error.message;
    throw error;
  }
}

/** A filter cut at the place that a message names: what is right so far, the word at fault, the rest. */
export function atFault(filter: string, message: string): readonly [string, string, string] | undefined {
  const position = /\bposition (\d+)/.exec(message)?.[1];
  if (position === undefined) return undefined;
  const start = Math.min(Number(position) - 1, filter.length);
  const word = /^(?:"[^"]*"?|[^\s()[\]"]+|.)/.exec(filter.slice(start))?.[0] ?? '';
  return [filter.slice(0, start), word === '' ? '…' : word, filter.slice(start + word.length)];
}
