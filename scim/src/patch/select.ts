import type { BoundFilter } from '../filter/ast.ts';
import { matchesElement } from '../filter/evaluate.ts';
import type { Json } from '../json.ts';
import { type PatchContext, spend, weightOf } from './context.ts';
import type { PatchTarget } from './operation.ts';

export type AttributeTarget = Extract<PatchTarget, { kind: 'attribute' }>;

/** The positions of the elements that a target's filter matches; of all when it has none. */
export function select(target: AttributeTarget, elements: readonly Json[], context: PatchContext): ReadonlySet<number> {
  const { filter } = target;
  spend(context, weightOf(elements) * (filter === undefined ? 1 : comparisonsOf(filter)), target.text);
  if (filter === undefined) return new Set(elements.keys());
  const selected = new Set<number>();
  for (const [at, element] of elements.entries()) if (matchesElement(filter, element)) selected.add(at);
  return selected;
}

function comparisonsOf(filter: BoundFilter): number {
  if (filter.kind === 'and' || filter.kind === 'or') {
    return filter.filters.reduce((sum, part) => sum + comparisonsOf(part), 0);
  }
  return filter.kind === 'not' ? comparisonsOf(filter.filter) : 1;
}
