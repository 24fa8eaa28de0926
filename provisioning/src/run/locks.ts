import { createLending, type Lending } from './lending.ts';

/** One holder at a time for each key; the others wait in order. */
export interface Locks extends Lending {
  hold<T>(key: string, body: () => Promise<T>): Promise<T>;
  /** While `body` runs, the keys are claimed: what their intents are about is under way, and not in doubt. */
  claim<T>(keys: readonly string[], body: () => Promise<T>): Promise<T>;
  isClaimed(key: string): boolean;
}

export function createLocks(): Locks {
  const held = new Map<string, Promise<unknown>>();
  const claims = new Map<string, number>();
  const count = (key: string, by: number) => {
    const claimed = (claims.get(key) ?? 0) + by;
    if (claimed === 0) claims.delete(key);
    else claims.set(key, claimed);
  };
  return {
    ...createLending(),
    hold(key, body) {
      const before = held.get(key);
      const mine = before === undefined ? body() : before.then(body, body);
      held.set(key, mine);
      const release = () => {
        if (held.get(key) === mine) held.delete(key);
      };
      mine.then(release, release);
      return mine;
    },
    async claim(keys, body) {
      for (const key of keys) count(key, 1);
      try {
        return await body();
      } finally {
        for (const key of keys) count(key, -1);
      }
    },
    isClaimed: (key) => claims.has(key),
  };
}
