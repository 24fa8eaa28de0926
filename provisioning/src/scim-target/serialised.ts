/** Runs work on the same key one after another, on different keys side by side. */
export type Serialised = <T>(key: string, work: () => Promise<T>) => Promise<T>;

export function openSerialised(): Serialised {
  const last = new Map<string, Promise<unknown>>();
  return (key, work) => {
    const before = last.get(key) ?? Promise.resolve();
    const result = before.then(work);
    const settled = result.then(
      () => undefined,
      () => undefined,
    );
    last.set(key, settled);
    settled.then(() => {
      if (last.get(key) === settled) last.delete(key);
    });
    return result;
  };
}
