const FIRST = 5 * 60_000;
const LONGEST = 24 * 60 * 60_000;

/** Members that a target refused: each waits for its next try by itself, and the others of its group do not wait. */
export interface ParkedMembers {
  isParked(group: string, member: string, now: number): boolean;
  /** Returns when the next try is due. */
  park(group: string, member: string, now: number): number;
  forget(group: string, member: string): void;
}

/** Kept in memory: after a restart each is tried once more. */
export function createParkedMembers(): ParkedMembers {
  const parked = new Map<string, { readonly attempts: number; readonly nextAt: number }>();
  const key = (group: string, member: string) => `${group} ${member}`;
  return {
    isParked: (group, member, now) => (parked.get(key(group, member))?.nextAt ?? 0) > now,
    park(group, member, now) {
      const attempts = (parked.get(key(group, member))?.attempts ?? 0) + 1;
      const nextAt = now + Math.min(FIRST * 2 ** (attempts - 1), LONGEST);
      parked.set(key(group, member), { attempts, nextAt });
      return nextAt;
    },
    forget: (group, member) => void parked.delete(key(group, member)),
  };
}
