import { sql } from 'kysely';
import type { StoredResource } from '../contract.ts';
import { withGroups } from '../groups-read-along.ts';

/**
 * A column of `resource`'s own groups, so that a resource and its groups are one way to the database: null when there are
 * none, else [id, label, whether it is in a group itself] of each.
 */
export const GROUPS_BESIDE = sql`(
  SELECT json_agg(json_build_array(above.id, above.label, EXISTS (SELECT FROM member WHERE member_seq = above.seq))
    ORDER BY above.seq)
  FROM member CROSS JOIN LATERAL (SELECT seq, id, label FROM resource AS parent WHERE seq = member.group_seq OFFSET 0) AS above
  WHERE member.member_seq = resource.seq
) AS groups`;

/** A row with that column. */
export type RowWithGroups = StoredResource & { readonly groups: string | null };

/** The resource of a row, with its groups noted. Groups within groups are left to `groupsOf`, which goes all the way up. */
export function readAlong(row: RowWithGroups): StoredResource {
  const { groups, ...stored } = row;
  if (groups === null) return withGroups(stored, []);
  const above: (readonly [id: string, label: string, isMember: boolean])[] = JSON.parse(groups);
  if (above.some(([, , isMember]) => isMember)) return stored;
  return withGroups(
    stored,
    above.map(([id, label]) => ({ id, label, type: 'direct' })),
  );
}
