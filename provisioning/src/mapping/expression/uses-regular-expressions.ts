import type { Expression } from './ast.ts';
import { partsOf } from './parts-of.ts';

/** Whether evaluation can run a regular expression, which can take long: it is then given a time budget. */
export function usesRegularExpressions(expression: Expression): boolean {
  return [...partsOf(expression)].some(
    (part) =>
      part.kind === 'call' &&
      (part.name === 'RegexMatch' || (part.name === 'Replace' && part.arguments[2] !== undefined)),
  );
}
