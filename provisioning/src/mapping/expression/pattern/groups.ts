/** The capturing groups of a pattern, in the order of their parentheses: the name, or null for a group without. */
export type PatternGroups = readonly (string | null)[];

/** Finds the capturing groups of a .NET pattern. */
export function groupsOf(pattern: string): PatternGroups {
  const groups: (string | null)[] = [];
  const piece =
    /\\[\s\S]|\[\^?\]?(?:\\[\s\S]|[^\]\\])*\]?|\(\?#[^)]*\)?|\((?:\?<([A-Za-z_]\w*)>|\?'([A-Za-z_]\w*)'|(?!\?))/g;
  for (const [text, name, quoted] of pattern.matchAll(piece)) {
    if (text.startsWith('(') && !text.startsWith('(?#')) groups.push(name ?? quoted ?? null);
  }
  return groups;
}

/**
 * The number by which JavaScript knows a group that .NET knows by a name or a number: .NET counts the groups without a
 * name first, JavaScript all as they stand. 0 is the whole match; undefined means that there is no such group.
 */
export function groupNumber(groups: PatternGroups, reference: string): number | undefined {
  if (!/^\d+$/.test(reference)) {
    const index = groups.indexOf(reference);
    return index === -1 ? undefined : index + 1;
  }
  const number = Number(reference);
  if (number === 0) return 0;
  const numbered = groups.map((name, index) => ({ name, number: index + 1 }));
  const unnamed = numbered.filter(({ name }) => name === null);
  const named = numbered.filter(({ name }) => name !== null);
  return [...unnamed, ...named][number - 1]?.number;
}
