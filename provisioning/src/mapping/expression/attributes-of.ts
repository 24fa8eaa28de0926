import type { Expression } from './ast.ts';
import { partsOf } from './parts-of.ts';

/** The attributes that an expression reads, as they stand in its brackets, each once. */
export function attributesOf(expression: Expression): readonly string[] {
  const names = new Set<string>();
  for (const part of partsOf(expression)) if (part.kind === 'attribute') names.add(part.name);
  return [...names];
}
