import type { IndexedDocument } from './contract.ts';

/** The index and unique values of a document. */
export type Values = Pick<IndexedDocument, 'index' | 'unique'>;

export const NO_VALUES: Values = { index: [], unique: [] };

interface Keyed {
  readonly path: string;
  readonly key: string;
}

/** What only the one and only the other list holds. */
export function differenceOf<T extends Keyed>(
  previous: readonly T[],
  next: readonly T[],
): { gone: readonly T[]; come: readonly T[] } {
  if (previous.length === 0) return { gone: [], come: next };
  if (isSame(previous, next)) return { gone: [], come: [] };
  const missingIn = (list: readonly T[]) => {
    const names = new Set(list.map(nameOf));
    return (value: T) => !names.has(nameOf(value));
  };
  return { gone: previous.filter(missingIn(next)), come: next.filter(missingIn(previous)) };
}

/** Most updates leave most values alone: comparing costs a tenth of building the sets. */
function isSame(previous: readonly Keyed[], next: readonly Keyed[]) {
  if (previous.length !== next.length) return false;
  return previous.every(({ path, key }, index) => next[index]?.path === path && next[index].key === key);
}

const nameOf = ({ path, key }: Keyed): string => `${path}\0${key}`;
