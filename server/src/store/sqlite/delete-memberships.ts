import { setImmediate as nextTurn } from 'node:timers/promises';
import type { NewChange, StoredResource } from '../contract.ts';
import { STEP, untilDone } from '../steps.ts';
import { compiled, limitTo } from './compiled.ts';
import type { Connection } from './connection.ts';
import { touch } from './resources.ts';

/** Each group that a deleted member was in costs an update and a change of its own. */
const GROUPS_AT_A_TIME = 100;

const groupPage = compiled((db, { member, limit }: { member: number; limit: number }) =>
  db
    .selectFrom('member')
    .select('group_seq as seq')
    .where('member_seq', '=', member)
    .orderBy('group_seq')
    .limit(limitTo(limit))
    .compile(),
);

const deleteMembership = compiled((db, { group, member }: { group: number; member: number }) =>
  db.deleteFrom('member').where('group_seq', '=', group).where('member_seq', '=', member).compile(),
);

const deleteMembersOf = compiled((db, { group, limit }: { group: number; limit: number }) =>
  db
    .deleteFrom('member')
    .where('group_seq', '=', group)
    .where('member_seq', 'in', (select) =>
      select
        .selectFrom('member')
        .select('member_seq')
        .where('group_seq', '=', group)
        .orderBy('member_seq')
        .limit(limitTo(limit)),
    )
    .compile(),
);

/** Takes a resource out of all groups, each of which changes by that, and lets go of its own members. */
export async function deleteMemberships(
  connection: Connection,
  current: StoredResource,
  at: number,
  record: (change: NewChange) => void,
): Promise<void> {
  for (;;) {
    const groups = groupPage.all(connection, { member: current.seq, limit: GROUPS_AT_A_TIME });
    for (const { seq } of groups) {
      deleteMembership.run(connection, { group: seq, member: current.seq });
      if (seq !== current.seq) record(leftGroup(touch(connection, seq, at), current.id, at));
    }
    if (groups.length < GROUPS_AT_A_TIME) break;
    await nextTurn();
  }
  await untilDone(() => deleteMembersOf.run(connection, { group: current.seq, limit: STEP }).changes);
}

function leftGroup(group: StoredResource, member: string, at: number): NewChange {
  const { server, type, id, label } = group;
  return { server, type, id, at, label, kind: 'members', membersRemoved: [member] };
}
