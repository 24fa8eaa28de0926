import { setImmediate as nextTurn } from 'node:timers/promises';
import { type BoundFilter, matchesElement } from '@rollcall/scim';
import { sql } from 'kysely';
import type { StoredResource } from '../contract.ts';
import { elementOf } from '../member-element.ts';
import type { MembershipLedger } from '../membership-ledger.ts';
import { inSteps, STEP } from '../steps.ts';
import { compiled, limitTo } from './compiled.ts';
import type { Connection } from './connection.ts';

const deleteMembers = compiled((db, { group, server, ids }: { group: number; server: number; ids: string }) =>
  sql<{ id: string }>`
      DELETE FROM member
      WHERE group_seq = ${group} AND member_seq IN (
        SELECT resource.seq FROM json_each(${ids}) AS unwanted CROSS JOIN resource
        WHERE resource.server = ${server} AND resource.id = unwanted.value
      )
      RETURNING member_id AS id`.compile(db),
);

const labelledMembers = compiled((db, { group, after, limit }: { group: number; after: number; limit: number }) =>
  db
    .selectFrom('member')
    .crossJoin('resource')
    .whereRef('resource.seq', '=', 'member.member_seq')
    .where('group_seq', '=', group)
    .where('member_seq', '>', after)
    .select(['member_seq', 'member_id', 'member_type', 'sent', 'resource.label'])
    .orderBy('member_seq')
    .limit(limitTo(limit))
    .compile(),
);

/** Removes the members with these ids; an id that is no member's is already as it should be. */
export async function removeMembers(
  connection: Connection,
  group: StoredResource,
  ids: readonly string[],
  ledger: MembershipLedger,
): Promise<void> {
  await inSteps(ids, (piece) => {
    const removed = deleteMembers.all(connection, {
      group: group.seq,
      server: group.server,
      ids: JSON.stringify(piece),
    });
    for (const { id } of removed) ledger.removed(id);
  });
}

/**
 * Removes the members that satisfy a filter on more than their `value` (`members[type eq "Group"]`). Reads the whole
 * group, a page at a time.
 */
export async function removeMatching(
  connection: Connection,
  group: StoredResource,
  filter: BoundFilter,
  ledger: MembershipLedger,
): Promise<void> {
  let after = 0;
  for (;;) {
    const page = labelledMembers.all(connection, { group: group.seq, after, limit: STEP });
    const ids = page.filter((row) => matchesElement(filter, elementOf(row))).map((row) => row.member_id);
    await removeMembers(connection, group, ids, ledger);
    if (page.length < STEP) return;
    after = page.at(-1)?.member_seq ?? after;
    await nextTurn();
  }
}
