import type { NewChange } from './contract.ts';

/** Ids that one row of the feed names at most, so that a reader's page stays small. */
const MEMBERS_IN_CHANGE = 1000;

/** What a change names, as it is stored. */
export type ChangeData = Pick<NewChange, 'attributes' | 'membersAdded' | 'membersRemoved'>;

/** What the rows of a change hold: several when it names many members, one with null when it names nothing. */
export function* changePieces({
  attributes,
  membersAdded = [],
  membersRemoved = [],
}: NewChange): Generator<string | null> {
  const most = Math.max(membersAdded.length, membersRemoved.length);
  for (let from = 0; from === 0 || from < most; from += MEMBERS_IN_CHANGE) {
    const piece = (ids: readonly string[]) => ids.slice(from, from + MEMBERS_IN_CHANGE);
    const data = {
      ...(from === 0 && attributes !== undefined ? { attributes } : {}),
      ...(from < membersAdded.length ? { membersAdded: piece(membersAdded) } : {}),
      ...(from < membersRemoved.length ? { membersRemoved: piece(membersRemoved) } : {}),
    } satisfies ChangeData;
    yield Object.keys(data).length === 0 ? null : JSON.stringify(data);
  }
}
