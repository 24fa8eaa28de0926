/** Where a page of a long list begins, and the way back from there: cursors lead onward only. */
export interface Place<C> {
  /** Rows before it. */
  readonly at: number;
  readonly cursor: C;
  readonly previous?: Place<C>;
  /** Where the walk began that led here: what has another beginning is another list. */
  readonly first?: Place<C>;
}

/** The place after a page that was read at `place`; the way back to it takes `anchor` as its cursor, when there is one. */
export function placeAfter<C>(place: Place<C>, rows: number, cursor: C, anchor?: C): Place<C> {
  const first = beginningOf(place);
  const previous = anchor === undefined ? place : { ...place, cursor: anchor, first };
  return { at: place.at + rows, cursor, previous, first };
}

export const beginningOf = <C>(place: Place<C>): Place<C> => place.first ?? place;

/** The last place at or before a row, on the way back from `place`. */
export function placeOf<C>(place: Place<C>, row: number): Place<C> {
  let found = place;
  while (found.at > row && found.previous !== undefined) found = found.previous;
  return found;
}
