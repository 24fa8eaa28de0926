import { createHash } from 'node:crypto';
import { type DriftItem, MEMBERS_PATH } from './drift.ts';

/** Names that are kept of each side; the counts are whole. */
const NAMES = 20;

/** A member of a target's group: its id there, and what it is linked to. */
export interface KnownMember {
  readonly targetId: string;
  /** Directory id. */
  readonly id: string;
  readonly label: string;
}

/** What a group has too little, and too much. */
export interface MemberDrift {
  readonly item: DriftItem;
  /** Directory ids. */
  readonly missing: readonly string[];
  readonly extra: readonly string[];
  /** Whether members that the directory does not know are among what is too much. */
  readonly foreign: boolean;
}

/**
 * Compares the members that a group is believed to have with those that it has (`found`, target ids). `linked` are the
 * found ones that are linked. What the directory does not know counts only where groups are exclusive. Undefined when
 * they agree.
 */
export function findMemberDrift(
  believed: readonly KnownMember[],
  found: readonly string[],
  linked: ReadonlyMap<string, KnownMember>,
  exclusive: boolean,
): MemberDrift | undefined {
  const there = new Set(found);
  const wanted = new Set(believed.map(({ targetId }) => targetId));
  const missing = believed.filter(({ targetId }) => !there.has(targetId));
  const surplus = [...there].filter((id) => !wanted.has(id));
  const extra = surplus.flatMap((id) => linked.get(id) ?? []);
  const foreign = exclusive ? surplus.filter((id) => !linked.has(id)) : [];
  if (missing.length + extra.length + foreign.length === 0) return undefined;
  const added = [...extra.map(({ label }) => label), ...foreign];
  return {
    item: {
      path: MEMBERS_PATH,
      kind: 'members',
      expected: { members: wanted.size, missing: missing.length, names: firstOf(missing.map(({ label }) => label)) },
      found: { members: there.size, added: added.length, names: firstOf(added) },
      mark: markOf(missing, [...extra.map(({ targetId }) => targetId), ...foreign]),
    },
    missing: missing.map(({ id }) => id),
    extra: extra.map(({ id }) => id),
    foreign: foreign.length > 0,
  };
}

const firstOf = (names: readonly string[]): string[] => names.toSorted().slice(0, NAMES);

function markOf(missing: readonly KnownMember[], added: readonly string[]): string {
  const parts = [missing.map(({ targetId }) => targetId).toSorted(), added.toSorted()];
  return createHash('sha256').update(JSON.stringify(parts)).digest('base64url');
}
