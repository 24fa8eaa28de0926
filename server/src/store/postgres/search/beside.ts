import { sql } from 'kysely';
import type { StoredResource } from '../../contract.ts';
import type { Beside, Needs } from '../../search/evaluate.ts';
import { type Executes, numbersOf, prepared, textsOf } from '../prepared.ts';
import { createReads } from '../reads.ts';

interface Asked {
  readonly server: number;
  /** JSON arrays. */
  readonly ids: string;
  readonly groups: string;
}

const memberships = prepared((db, { server, ids, groups }: Asked) =>
  sql<{ group_seq: number; id: string }>`
    SELECT above.group_seq, resource.id FROM resource CROSS JOIN LATERAL (
      SELECT group_seq FROM member WHERE member_seq = resource.seq AND group_seq = ANY(${numbersOf(groups)}) OFFSET 0
    ) AS above
    WHERE resource.server = ${server} AND resource.id = ANY(${textsOf(ids)})`.compile(db),
);

interface MemberOf {
  readonly group_seq: number;
  readonly member_id: string;
  readonly sent: string | null;
}

const membersOfGroups = prepared((db, { groups }: { groups: string }) =>
  sql<MemberOf>`
    SELECT group_seq, member_id, sent FROM member
    WHERE group_seq = ANY(${numbersOf(groups)})
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
