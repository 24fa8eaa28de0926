import { sql } from 'kysely';
import type { NewChange, StoredResource } from '../contract.ts';
import { RESOURCE_COLUMNS } from '../sqlite/stored-resource.ts';
import { type Executes, prepared } from './prepared.ts';

const COLUMNS = sql.raw(RESOURCE_COLUMNS.join(', '));

/**
 * The groups are locked in one order by everybody, so that two deletions do not wait for each other. Each one's version
 * is raised, and the member is out of it.
 */
const leaveGroups = prepared((db, { member, at }: { member: number; at: number }) =>
  sql<StoredResource>`
    WITH above AS MATERIALIZED (
      SELECT seq FROM resource
      WHERE seq = ANY(ARRAY(SELECT group_seq FROM member WHERE member_seq = ${member})) ORDER BY seq FOR NO KEY UPDATE
    ), left_groups AS (
      DELETE FROM member WHERE member_seq = ${member} AND group_seq = ANY(ARRAY(SELECT seq FROM above))
    )
    UPDATE resource SET version = version + 1, modified = ${at}
    WHERE seq = ANY(ARRAY(SELECT seq FROM above)) AND seq <> ${member}
    RETURNING ${COLUMNS}`.compile(db),
);

const deleteRest = prepared((db, { seq }: { seq: number }) =>
  sql`DELETE FROM member WHERE group_seq = ${seq} OR member_seq = ${seq}`.compile(db),
);

/** Takes a resource out of all groups, each of which changes by that, and lets go of its own members. */
export async function deleteMemberships(
  connection: Executes,
  current: StoredResource,
  at: number,
  record: (change: NewChange) => void,
): Promise<void> {
  const left = await leaveGroups.all(connection, { member: current.seq, at });
  for (const group of left.toSorted((a, b) => a.seq - b.seq)) record(leftGroup(group, current.id, at));
  await deleteRest.run(connection, { seq: current.seq });
}

function leftGroup(group: StoredResource, member: string, at: number): NewChange {
  const { server, type, id, label } = group;
  return { server, type, id, at, label, kind: 'members', membersRemoved: [member] };
}
