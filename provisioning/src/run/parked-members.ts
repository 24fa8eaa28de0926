const FIRST = 5 * 60_000;
const LONGEST = 24 * 60 * 60_000;

/** Members that a target refused: each waits for its next try by itself, and the others of its group do not wait. */
export interface ParkedMembers {
  isParked(group: string, member: string, now: number): boolean;
  /** Whether any member of the group waits. */
  isAnyParked(group: string, now: number): boolean;
  /** Returns when the next try is due. */
  park(group: string, member: string, now: number): number;
  forget(group: string, member: string): void;
  forgetAll(): void;
}

interface Parked {
  readonly attempts: number;
  readonly nextAt: number;
}

/** Kept in memory: after a restart each is tried once more. */
export function createParkedMembers(): ParkedMembers {
  const parked = new Map<string, Map<string, Parked>>();
  return {
    isParked: (group, member, now) => (parked.get(group)?.get(member)?.nextAt ?? 0) > now,
    isAnyParked: (group, now) => [...(parked.get(group)?.values() ?? [])].some(({ nextAt }) => nextAt > now),
    park(group, member, now) {
      const members = parked.get(group) ?? new Map<string, Parked>();
      const attempts = (members.get(member)?.attempts ?? 0) + 1;
      const nextAt = now + Math.min(FIRST * 2 ** (attempts - 1), LONGEST);
      parked.set(group, members.set(member, { attempts, nextAt }));
      return nextAt;
    },
    forget(group, member) {
      const members = parked.get(group);
      members?.delete(member);
      if (members?.size === 0) parked.delete(group);
    },
    forgetAll: () => parked.clear(),
  };
}
