import type { Expression } from './ast.ts';

/** Every part of an expression, the whole first. */
export function* partsOf(expression: Expression): Generator<Expression> {
  yield expression;
  if (expression.kind === 'comparison') {
    yield* partsOf(expression.left);
    yield* partsOf(expression.right);
  }
  if (expression.kind !== 'call') return;
  for (const argument of expression.arguments) if (argument !== undefined) yield* partsOf(argument);
}
