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

/** The attributes that an expression reads, as they stand in its brackets, each once. */
export function attributesOf(expression: Expression): readonly string[] {
  const names = new Set<string>();
  for (const part of partsOf(expression)) if (part.kind === 'attribute') names.add(part.name);
  return [...names];
}
