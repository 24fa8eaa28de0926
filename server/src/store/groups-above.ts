import type { GroupOfMember } from './contract.ts';

/** The groups of one of the resources that were asked for. */
export type GroupsOfEach = (seq: number) => GroupOfMember[];

export const NO_GROUPS: readonly number[] = [];

/** Tells the groups of each, by the direct groups of everything on the way up and the names of groups. */
export function groupsAbove(
  parents: ReadonlyMap<number, readonly number[]>,
  names: ReadonlyMap<number, { readonly id: string; readonly label: string }>,
): GroupsOfEach {
  return (seq) => {
    if ((parents.get(seq) ?? NO_GROUPS) === NO_GROUPS) return [];
    const direct = new Set(parents.get(seq));
    return ancestors(seq, parents).flatMap((group) => {
      const name = names.get(group);
      return name === undefined ? [] : [{ ...name, type: direct.has(group) ? 'direct' : 'indirect' }];
    });
  };
}

/** All that is above, in order of creation. A group that circles back to itself is not above itself. */
function ancestors(seq: number, parents: ReadonlyMap<number, readonly number[]>): number[] {
  const found = new Set([seq]);
  // A set goes on over what is added while it is walked through.
  for (const one of found) for (const parent of parents.get(one) ?? []) found.add(parent);
  found.delete(seq);
  return [...found].sort((a, b) => a - b);
}
