import { compiled } from '../sqlite/compiled.ts';
import type { Connection } from '../sqlite/connection.ts';
import { groupsOf } from '../sqlite/groups-of.ts';
import type { Beside } from './evaluate.ts';

const membership = compiled((db, { group, server, id }: { group: number; server: number; id: string }) =>
  db
    .selectFrom('resource')
    .crossJoin('member')
    .where('resource.server', '=', server)
    .where('resource.id', '=', id)
    .where('member.group_seq', '=', group)
    .whereRef('member.member_seq', '=', 'resource.seq')
    .select('member.group_seq')
    .compile(),
);

const membersOfGroup = compiled((db, { group }: { group: number }) =>
  db.selectFrom('member').select(['member_id', 'sent']).where('group_seq', '=', group).orderBy('member_seq').compile(),
);

/** The rows beside resources, each read when it is asked for. */
export function besideOn(connection: Connection): Beside {
  return {
    isMember: ({ seq, server }, id) => membership.first(connection, { group: seq, server, id }) !== undefined,
    membersOf: ({ seq }) => membersOfGroup.all(connection, { group: seq }),
    groupsOf: ({ seq }) => groupsOf(connection, seq),
  };
}
