/** Begins something; resolves when there is room for another one. Throws what one that ran before has thrown. */
export type Add = (one: () => Promise<void>) => Promise<void>;

/** Has a few things under way at once. Whatever ends it, it ends when nothing runs any more. */
export async function underway(
  width: () => number,
  body: (add: Add) => Promise<void>,
  onFailure: () => void = () => {},
): Promise<void> {
  const running = new Set<Promise<void>>();
  let failure: { readonly error: unknown } | undefined;

  const fail = (error: unknown): void => {
    failure ??= { error };
    onFailure();
  };
  const add: Add = async (begin) => {
    if (failure !== undefined) throw failure.error;
    const one: Promise<void> = begin()
      .catch(fail)
      .finally(() => running.delete(one));
    running.add(one);
    while (running.size >= Math.max(1, width())) await Promise.race(running);
  };

  await body(add).catch(fail);
  await Promise.all(running);
  if (failure !== undefined) throw failure.error;
}
