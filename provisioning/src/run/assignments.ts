import type { Assignment } from '../plan/assessment.ts';
import type { Rules } from '../rules.ts';
import type { ObjectKey, ParentGroup, Source } from '../source.ts';

const PAGE = 1000;

/** Finds how objects are assigned to an application, and what an assigned group covers. */
export interface Assignments {
  of(ids: readonly string[]): Promise<ReadonlyMap<string, Assignment>>;
  /** Whether a change of the group's members changes who is assigned. */
  concerns(group: string): Promise<boolean>;
  /** Whether the end of the group may change who is assigned: what it was in is not known any more. */
  mayConcern(deletedGroup: string): boolean;
  /** The group's members and, where nested groups count, everything below them; each once, cycles included. */
  below(group: string): AsyncIterable<readonly ObjectKey[]>;
}

/** Reads the groups above objects upwards, so that a directory of any size costs what is looked at, and no more. */
export function createAssignments(rules: Pick<Rules, 'scope' | 'assignments'>, source: Source): Assignments {
  const { assignments } = rules;
  const nests = [...assignments.values()].some(({ nested }) => nested);
  // Groups are few and the same ones come again: what lies above each is read once.
  const above = new Map<string, Promise<readonly ParentGroup[]>>();

  function parentsOf(group: string): Promise<readonly ParentGroup[]> {
    const known = above.get(group);
    if (known !== undefined) return known;
    const read = source.parents([group]).then((parents) => parents.get(group) ?? []);
    above.set(group, read);
    return read;
  }

  /** The shortest way from a group up to an assigned one that takes nested members; undefined when there is none. */
  async function pathUp(start: ParentGroup): Promise<readonly string[] | undefined> {
    const seen = new Set([start.id]);
    let level = [{ group: start, path: [start.label] }];
    while (level.length > 0) {
      const next: typeof level = [];
      for (const { group, path } of level) {
        if (assignments.get(group.id)?.nested === true) return path;
        for (const parent of await parentsOf(group.id)) {
          if (seen.has(parent.id)) continue;
          seen.add(parent.id);
          next.push({ group: parent, path: [...path, parent.label] });
        }
      }
      level = next;
    }
    return undefined;
  }

  async function throughGroup(parents: readonly ParentGroup[]): Promise<Assignment> {
    const direct = parents.find(({ id }) => assignments.has(id));
    if (direct !== undefined) return { kind: 'group', path: [direct.label] };
    if (nests) {
      for (const parent of parents) {
        const path = await pathUp(parent);
        if (path !== undefined) return { kind: 'group', path };
      }
    }
    return { kind: 'none' };
  }

  return {
    async of(ids) {
      if (rules.scope === 'all') return new Map(ids.map((id) => [id, { kind: 'everyone' }]));
      const undirected = ids.filter((id) => !assignments.has(id));
      const parents = await source.parents(undirected);
      const found = new Map<string, Assignment>();
      for (const id of ids) {
        found.set(id, assignments.has(id) ? { kind: 'direct' } : await throughGroup(parents.get(id) ?? []));
      }
      return found;
    },

    async concerns(group) {
      if (rules.scope === 'all') return false;
      return assignments.has(group) || (nests && (await pathUp({ id: group, label: '' })) !== undefined);
    },

    mayConcern: (deletedGroup) => rules.scope === 'assigned' && (nests || assignments.has(deletedGroup)),

    async *below(group) {
      const seen = new Set([group]);
      const waiting = [group];
      for (let current = waiting.pop(); current !== undefined; current = waiting.pop()) {
        for (let after: string | undefined, first = true; first || after !== undefined; first = false) {
          const page = await source.members(current, after, PAGE);
          const fresh = page.items.filter(({ id }) => !seen.has(id));
          for (const { type, id } of fresh) {
            seen.add(id);
            if (nests && type === 'Group') waiting.push(id);
          }
          if (fresh.length > 0) yield fresh;
          after = page.next;
        }
      }
    },
  };
}
