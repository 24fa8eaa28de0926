import type { Selectable } from 'kysely';
import type { ChangeData } from './change-pieces.ts';
import type { Change } from './contract.ts';
import type { ChangeTable } from './tables.ts';

/** The change that a row keeps. */
export function changeOf({ external_id, data, ...columns }: Selectable<ChangeTable>): Change {
  // Only `changePieces` makes these texts.
  const named: ChangeData = data === null ? {} : JSON.parse(data);
  return { ...columns, ...named, ...(external_id === null ? {} : { externalId: external_id }) };
}

/** The same membership change with no other member named. */
export function namingOnly({ membersAdded, membersRemoved, ...change }: Change, id: string): Change {
  return {
    ...change,
    ...(membersAdded?.includes(id) ? { membersAdded: [id] } : {}),
    ...(membersRemoved?.includes(id) ? { membersRemoved: [id] } : {}),
  };
}
