import { ExpressionError } from '../error.ts';
import { groupsOf, type PatternGroups } from './groups.ts';
import { translate } from './translate.ts';

/** A regular expression of .NET, as JavaScript runs it: it finds all matches (`g`) and says where groups are (`d`). */
export interface RegularExpression {
  readonly expression: RegExp;
  readonly groups: PatternGroups;
}

/**
 * Compiles a regular expression written for .NET, as administrators of Entra write them. Where the two dialects differ
 * it means what it means in .NET: `\d`, `\w` and `\b` know all of Unicode, `$` also stands before a final line break,
 * unnamed groups are numbered before named ones. It may take exponential time to run.
 *
 * @param position where to report an error.
 * @throws ExpressionError for what is no regular expression, and for the few constructs that JavaScript lacks.
 */
export function compileRegularExpression(pattern: string, position = 0): RegularExpression {
  const groups = groupsOf(pattern);
  const failure = (message: string): ExpressionError =>
    new ExpressionError(`The regular expression cannot be used: ${message}.`, position);
  const translated = translate(pattern, groups, failure);
  try {
    return { expression: new RegExp(translated, 'dgv'), groups };
  } catch (error) {
    throw failure(error instanceof Error ? reasonOf(error.message) : 'it is not valid');
  }
}

/** JavaScript's message without the pattern, which is the translated one: `Invalid regular expression: /…/v: reason`. */
function reasonOf(message: string): string {
  const reason = message.slice(message.lastIndexOf(': ') + 2).trim();
  return reason === '' ? 'it is not valid' : reason;
}
