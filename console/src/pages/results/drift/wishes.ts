import type { DriftItemView } from '@rollcall/server/contract';
import { nameOf } from '../staged/staged-name.ts';
import type { Rule, Wish } from './drift-queries.ts';

// As many objects as the API takes at once.
const MOST = 100;

/** The requests that decide the same about several differences: one for each attribute, and for each hundred objects. */
export function wishesOf(items: readonly DriftItemView[], decision: Rule): Wish[] {
  const byPath = new Map<string, string[]>();
  for (const item of items) byPath.set(item.path, [...(byPath.get(item.path) ?? []), nameOf(item)]);
  return [...byPath].flatMap(([attribute, objects]) =>
    Array.from({ length: Math.ceil(objects.length / MOST) }, (_, page) => ({
      decision,
      attribute,
      objects: objects.slice(page * MOST, (page + 1) * MOST),
    })),
  );
}
