/** Does `work` for every item, at most `limit` at once; rejects with the first error, when what had begun has ended. */
export async function inParallel<T>(
  items: readonly T[],
  limit: number,
  work: (item: T) => Promise<void>,
): Promise<void> {
  const rest = items.values();
  const loop = async () => {
    for (const item of rest) await work(item);
  };
  const loops = await Promise.allSettled(Array.from({ length: Math.min(limit, items.length) }, loop));
  const failed = loops.find((loop) => loop.status === 'rejected');
  if (failed !== undefined) throw failed.reason;
}
