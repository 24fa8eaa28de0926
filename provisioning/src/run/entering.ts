import type { ObjectKey, SourceChange } from '../source.ts';
import type { Assignments } from './assignments.ts';
import { goOn, type World } from './world.ts';

const PAGE = 1000;

export interface MemberChange {
  readonly added: ReadonlySet<string>;
  readonly removed: ReadonlySet<string>;
}

/** What an incremental cycle has to look at. */
export interface Entering {
  readonly users: ReadonlySet<string>;
  readonly groups: ReadonlySet<string>;
  /** By group: what its membership has gained and lost on balance. */
  readonly members: ReadonlyMap<string, MemberChange>;
  /** A group that assigned is gone, and nobody knows any more who was in it: every linked object is looked at. */
  readonly everyLink: boolean;
  /** Position that the feed was read up to. */
  readonly through: number;
}

/**
 * Reads the directory's changes after `after` and says which objects they concern: the changed ones, and those whose
 * assignment may have changed with a group's members. Undefined when the feed no longer reaches back so far.
 */
export async function enteringSince(
  world: World,
  assignments: Assignments,
  after: number,
): Promise<Entering | undefined> {
  const users = new Set<string>();
  const groups = new Set<string>();
  const members = new Map<string, { added: Set<string>; removed: Set<string> }>();
  const regrouped = new Set<string>();
  let everyLink = false;
  let through = after;
  for (;;) {
    goOn(world);
    const changes = await world.source.changes(through, PAGE);
    if (changes === undefined) return undefined;
    for (const change of changes) {
      (change.type === 'User' ? users : groups).add(change.id);
      if (change.kind === 'members') noteMembers(members, change);
      if (change.kind === 'members') regrouped.add(change.id);
      if (change.type === 'Group' && change.kind === 'deleted') everyLink ||= assignments.mayConcern(change.id);
      through = change.n;
    }
    if (changes.length < PAGE) break;
  }
  for (const group of regrouped) {
    const { added, removed } = members.get(group) ?? NO_CHANGE;
    // Whether it concerned them when they left is not known any more: the group may have left an assigned one as well.
    const left = assignments.mayConcern(group) ? [...removed] : [];
    const joined = (await assignments.concerns(group)) ? [...added] : [];
    await enterMembers(world, assignments, [...left, ...joined], users, groups);
  }
  return { users, groups, members, everyLink, through };
}

const NO_CHANGE: MemberChange = { added: new Set(), removed: new Set() };

function noteMembers(members: Map<string, { added: Set<string>; removed: Set<string> }>, change: SourceChange): void {
  const known = members.get(change.id) ?? { added: new Set(), removed: new Set() };
  members.set(change.id, known);
  for (const id of change.membersRemoved) {
    known.added.delete(id);
    known.removed.add(id);
  }
  for (const id of change.membersAdded) {
    known.removed.delete(id);
    known.added.add(id);
  }
}

/** Whoever joined or left an assigned group is looked at, and what lies below a group that did. */
async function enterMembers(
  world: World,
  assignments: Assignments,
  ids: readonly string[],
  users: Set<string>,
  groups: Set<string>,
): Promise<void> {
  if (ids.length === 0) return;
  const nested = await world.source.read('Group', ids);
  for (const id of ids) (nested.has(id) ? groups : users).add(id);
  for (const id of nested.keys()) {
    for await (const page of assignments.below(id)) {
      for (const { type, id: below } of page) (type === 'User' ? users : groups).add(below);
    }
  }
}

/** Splits keys by type, each id once. */
export function byType(keys: Iterable<ObjectKey>): { users: string[]; groups: string[] } {
  const users = new Set<string>();
  const groups = new Set<string>();
  for (const { type, id } of keys) (type === 'User' ? users : groups).add(id);
  return { users: [...users], groups: [...groups] };
}
