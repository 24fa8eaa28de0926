/** `Create: 12 · Update: 3`: what there is of each, in the words of the person's language. */
export const countsText = (
  counts: Readonly<Record<string, number>>,
  words: Readonly<Record<string, string>>,
  pair: (word: string, count: number) => string,
): string =>
  Object.entries(counts)
    .filter(([, count]) => count > 0)
    .map(([name, count]) => pair(words[name] ?? name, count))
    .join(' · ');

/** How many items there are of each state. */
export function countStates<S extends string>(items: readonly { readonly state: S }[]): Partial<Record<S, number>> {
  const counts: Partial<Record<S, number>> = {};
  for (const { state } of items) counts[state] = (counts[state] ?? 0) + 1;
  return counts;
}
