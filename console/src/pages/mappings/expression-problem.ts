import { ExpressionError, parseExpression } from '@rollcall/provisioning/mapping';

export interface ExpressionProblem {
  readonly message: string;
  /** Offset in the expression, from 0. */
  readonly position: number;
}

/** What is wrong with an expression before anybody's values are looked at; undefined when it can be read. */
export function syntaxProblem(text: string): ExpressionProblem | undefined {
  if (text.trim() === '') return undefined;
  try {
    parseExpression(text);
    return undefined;
  } catch (error) {
    if (!(error instanceof ExpressionError)) throw error;
    return { message: error.message, position: error.position };
  }
}

/** Line and column of an offset, both from 1, as people count them. */
export function placeOf(text: string, position: number): { readonly line: number; readonly column: number } {
  const before = text.slice(0, position).split('\n');
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
}

/** The text in three parts, the second one being the character that the problem is at, or a blank behind the end. */
export function markedAt(text: string, position: number): readonly [string, string, string] {
  const at = Math.min(Math.max(position, 0), text.length);
  const marked = text.slice(at, at + 1);
  const isVisible = marked !== '' && marked !== '\n';
  return [text.slice(0, at), isVisible ? marked : ' ', text.slice(isVisible ? at + 1 : at)];
}
