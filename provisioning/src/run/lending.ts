/** Which objects are in the hands of other processes, as chunks of a cycle that is spread. */
export interface Lending {
  /** While `body` runs, the keys are lent: waits before for whoever is at work on one of them here. */
  lend<T>(keys: readonly string[], body: () => Promise<T>): Promise<T>;
  /** Runs `body` while none of the keys is lent; whoever lends one waits for it. Others may do so at the same time. */
  apart<T>(keys: readonly string[], body: () => Promise<T>): Promise<T>;
  isLent(key: string): boolean;
}

/** Neither side waits while it has something, so that nobody waits for ever. */
export function createLending(): Lending {
  const lent = new Map<string, Promise<void>>();
  const apart = new Map<string, Set<Promise<void>>>();

  const lentOf = (keys: readonly string[]) => (lent.size === 0 ? [] : keys.flatMap((key) => lent.get(key) ?? []));
  const apartOf = (keys: readonly string[]) =>
    apart.size === 0 ? [] : keys.flatMap((key) => [...(apart.get(key) ?? [])]);

  return {
    async lend(keys, body) {
      for (let busy = busyOf(keys); busy.length > 0; busy = busyOf(keys)) await Promise.all(busy);
      const { promise, resolve } = Promise.withResolvers<void>();
      for (const key of keys) lent.set(key, promise);
      try {
        return await body();
      } finally {
        for (const key of keys) lent.delete(key);
        resolve();
      }
    },
    async apart(keys, body) {
      for (let away = lentOf(keys); away.length > 0; away = lentOf(keys)) await Promise.all(away);
      const { promise, resolve } = Promise.withResolvers<void>();
      for (const key of keys) apart.set(key, (apart.get(key) ?? new Set()).add(promise));
      try {
        return await body();
      } finally {
        for (const key of keys) forget(key, promise);
        resolve();
      }
    },
    isLent: (key) => lent.has(key),
  };

  /** What is lent already is not lent once more at the same time. */
  function busyOf(keys: readonly string[]): Promise<void>[] {
    return [...lentOf(keys), ...apartOf(keys)];
  }

  function forget(key: string, promise: Promise<void>): void {
    const holders = apart.get(key);
    holders?.delete(promise);
    if (holders?.size === 0) apart.delete(key);
  }
}
