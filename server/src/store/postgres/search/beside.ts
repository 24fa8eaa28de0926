import { sql } from 'kysely';
import type { StoredResource } from '../../contract.ts';
import type { Beside, Needs } from '../../search/evaluate.ts';
import { type Executes, prepared } from '../prepared.ts';
import { createReads } from '../reads.ts';

interface Asked {
  readonly server: number;
  /** JSON arrays. */
  readonly ids: string;
  readonly groups: string;
}

const memberships = prepared((db, { server, ids, groups }: Asked) =>
  sql<{ group_seq: number; id: string }>`
    SELECT member.group_seq, resource.id FROM json_array_elements_text(${ids}) AS asked(value)
    JOIN resource ON resource.server = ${server} AND resource.id = asked.value
    JOIN member ON member.member_seq = resource.seq
    WHERE member.group_seq IN (SELECT CAST(value AS bigint) FROM json_array_elements_text(${groups}) AS each(value))`.compile(
    db,
  ),
);

interface MemberOf {
  readonly group_seq: number;
  readonly member_id: string;
  readonly sent: string | null;
}

const membersOfGroups = prepared((db, { groups }: { groups: string }) =>
  sql<MemberOf>`
    SELECT group_seq, member_id, sent FROM member
    WHERE group_seq IN (SELECT CAST(value AS bigint) FROM json_array_elements_text(${groups}) AS each(value))
    ORDER BY group_seq, member_seq`.compile(db),
);

/** Reads what the evaluation of these rows of one identity server asks for. */
export async function besideOf(
  connection: Executes,
  server: number,
  rows: readonly StoredResource[],
  needs: Needs,
): Promise<Beside> {
  const seqs = rows.map(({ seq }) => seq);
  const groups = JSON.stringify(seqs);
  const ids = JSON.stringify(needs.asked);
  const [isAsked, members, groupsOf] = await Promise.all([
    needs.asked.length === 0 ? [] : memberships.all(connection, { server, ids, groups }),
    needs.members ? membersOfGroups.all(connection, { groups }) : [],
    needs.groups ? createReads(connection).groupsOfMany(seqs) : () => [],
  ]);
  const asked = new Set(isAsked.map(({ group_seq, id }) => `${group_seq} ${id}`));
  const byGroup = Map.groupBy(members, ({ group_seq }) => group_seq);
  return {
    isMember: ({ seq }, id) => asked.has(`${seq} ${id}`),
    membersOf: ({ seq }) => byGroup.get(seq) ?? [],
    groupsOf: ({ seq }) => groupsOf(seq),
  };
}
