/** One holder at a time for each key; the others wait in order. */
export interface Locks {
  hold<T>(key: string, body: () => Promise<T>): Promise<T>;
}

export function createLocks(): Locks {
  const held = new Map<string, Promise<unknown>>();
  return {
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
  };
}
