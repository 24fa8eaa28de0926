import { sql } from 'kysely';
import type { LabelledMember, MemberRow, Reads, StoredResource } from '../contract.ts';
import { type GroupsOfEach, groupsAbove } from '../groups-above.ts';
import { RESOURCE_COLUMNS } from '../sqlite/stored-resource.ts';
import { GROUPS_BESIDE, type RowWithGroups, readAlong } from './groups-beside.ts';
import { indexKey } from './index-key.ts';
import { type Executes, numbersOf, prepared, textsOf } from './prepared.ts';
import { TYPE_ORDER, typeAfter } from './type-range.ts';

const COLUMNS = sql.raw(RESOURCE_COLUMNS.join(', '));

/** What a statement that reads resources for a change ends with: nobody else changes them until the end. */
const LOCK = { none: sql``, change: sql`FOR NO KEY UPDATE OF resource` } as const;
type Lock = keyof typeof LOCK;

interface Key {
  readonly server: number;
  readonly type: string;
  readonly id: string;
}

const both = <T>(make: (lock: Lock) => T): Readonly<Record<Lock, T>> => ({
  none: make('none'),
  change: make('change'),
});

const resourceById = both((lock) =>
  prepared((db, { server, type, id }: Key) =>
    sql<RowWithGroups>`
      -- The type is no condition for an index: that of types would do as well to a planner without statistics.
      SELECT ${COLUMNS}, ${GROUPS_BESIDE} FROM resource
      WHERE server = ${server} AND id = ${id} AND (type = ${type}) IS TRUE ${LOCK[lock]}`.compile(db),
  ),
);

interface Held {
  readonly server: number;
  readonly type: string;
  readonly path: string;
  readonly key: string;
  readonly limit: number;
}

const holdersOfIndexed = both((lock) =>
  prepared((db, { server, type, path, key, limit }: Held) =>
    sql<StoredResource>`
      SELECT ${COLUMNS} FROM index_value JOIN resource ON resource.seq = index_value.seq
      WHERE index_value.server = ${server} AND index_value.type = ${type} AND index_value.path = ${path}
        AND index_value.key = ${key}
      ORDER BY index_value.seq LIMIT ${limit} ${LOCK[lock]}`.compile(db),
  ),
);

const holderOfUnique = both((lock) =>
  prepared((db, { server, type, path, key }: Omit<Held, 'limit'>) =>
    sql<StoredResource>`
      SELECT ${COLUMNS} FROM unique_value JOIN resource ON resource.seq = unique_value.seq
      WHERE unique_value.server = ${server} AND unique_value.type = ${type} AND unique_value.path = ${path}
        AND unique_value.key = ${key} ${LOCK[lock]}`.compile(db),
  ),
);

const resourcesByIds = prepared((db, { server, type, ids }: { server: number; type: string; ids: string }) =>
  sql<StoredResource>`
    SELECT ${COLUMNS} FROM resource WHERE server = ${server} AND id = ANY(${textsOf(ids)}) AND (resource.type = ${type}) IS TRUE`.compile(
    db,
  ),
);

const resourcePage = prepared((db, page: { server: number; type: string; after: number; limit: number }) =>
  sql<StoredResource>`
    SELECT ${COLUMNS} FROM resource WHERE ${typeAfter(page.server, page.type, page.after)} ${TYPE_ORDER}
    LIMIT ${page.limit}`.compile(db),
);

interface MemberPage {
  readonly group: number;
  readonly after: number;
  readonly limit: number;
}

const memberPage = prepared((db, { group, after, limit }: MemberPage) =>
  sql<MemberRow>`
    SELECT member_seq AS seq, member_id AS id, member_type AS type, sent FROM member
    WHERE group_seq = ${group} AND member_seq > ${after} ORDER BY member_seq LIMIT ${limit}`.compile(db),
);

const labelledPage = prepared((db, { group, after, limit }: MemberPage) =>
  sql<LabelledMember>`
    SELECT member_seq AS seq, member_id AS id, member_type AS type, resource.label
    FROM member LEFT JOIN resource ON resource.seq = member.member_seq
    WHERE group_seq = ${group} AND member_seq > ${after} ORDER BY member_seq LIMIT ${limit}`.compile(db),
);

const countUpTo = prepared((db, { group, most }: { group: number; most: number }) =>
  sql<{ n: number }>`
    SELECT count(*) AS n FROM (SELECT 1 FROM member WHERE group_seq = ${group} LIMIT ${most}) AS counted`.compile(db),
);

const memberAt = prepared((db, { group, offset }: { group: number; offset: number }) =>
  sql<{ member_seq: number }>`
    SELECT member_seq FROM member WHERE group_seq = ${group} ORDER BY member_seq LIMIT 1 OFFSET ${offset}`.compile(db),
);

const parentsOfIds = prepared((db, { server, ids }: { server: number; ids: string }) =>
  sql<{ id: string; group: string; label: string }>`
    SELECT resource.id, parent.id AS "group", parent.label
    FROM resource
    CROSS JOIN LATERAL (SELECT group_seq FROM member WHERE member_seq = resource.seq OFFSET 0) AS above
    CROSS JOIN LATERAL (SELECT id, label FROM resource WHERE seq = above.group_seq OFFSET 0) AS parent
    WHERE resource.server = ${server} AND resource.id = ANY(${textsOf(ids)})`.compile(db),
);

const countOfType = prepared((db, { server, type }: { server: number; type: string }) =>
  sql<{ count: number | null }>`
    SELECT sum(count) AS count FROM resource_count WHERE server = ${server} AND type = ${type}`.compile(db),
);

/** All memberships from `seqs` (a JSON array) upwards: each group on the way is looked at once. */
const membershipsAbove = prepared((db, { seqs }: { seqs: string }) =>
  sql<{ seq: number; parents: string }>`
    WITH RECURSIVE node (seq) AS (
      SELECT unnest(${numbersOf(seqs)})
      UNION
      SELECT upper.group_seq FROM node CROSS JOIN LATERAL (
        SELECT group_seq FROM member WHERE member_seq = node.seq OFFSET 0
      ) AS upper
    )
    SELECT seq, parents FROM node CROSS JOIN LATERAL (
      SELECT json_agg(group_seq) AS parents FROM member WHERE member_seq = node.seq OFFSET 0
    ) AS above WHERE parents IS NOT NULL`.compile(db),
);

const namesOf = prepared((db, { seqs }: { seqs: string }) =>
  sql<{ seq: number; id: string; label: string }>`
    SELECT seq, id, label FROM resource
    WHERE seq = ANY(${numbersOf(seqs)})`.compile(db),
);

/**
 * Index lookups: of the last commit, or in a transaction of its own state; there, what they find is locked for a change.
 * `short` is for those of few rows.
 */
export function createReads(connection: Executes, lock: Lock = 'none', short = connection): Reads {
  const groupsOfMany = async (seqs: readonly number[]): Promise<GroupsOfEach> => {
    if (seqs.length === 0) return () => [];
    const edges = await membershipsAbove.all(seqs.length > 1 ? connection : short, { seqs: JSON.stringify(seqs) });
    const parents = new Map<number, readonly number[]>();
    const groups = new Set<number>();
    for (const row of edges) {
      const above: number[] = JSON.parse(row.parents);
      parents.set(row.seq, above);
      for (const group of above) groups.add(group);
    }
    if (groups.size === 0) return () => [];
    const names = await namesOf.all(connection, { seqs: JSON.stringify([...groups]) });
    return groupsAbove(parents, new Map(names.map(({ seq, id, label }) => [seq, { id, label }])));
  };
  return {
    async byId(server, type, id) {
      const row = await resourceById[lock].first(short, { server, type, id });
      return row && readAlong(row);
    },
    async byKey(server, type, path, key, limit) {
      if (limit === 0) return [];
      // What may also be unique by a setting is indexed as well; unique by its schema, it is only there.
      const held = { server, type, path, key: indexKey(key) };
      const indexed = await holdersOfIndexed[lock].all(connection, { ...held, limit });
      return indexed.length > 0 ? indexed : holderOfUnique[lock].all(connection, held);
    },
    groupsOf: async (seq) => (await groupsOfMany([seq]))(seq),
    groupsOfMany,
    members: (group, after, limit) => memberPage.all(connection, { group, after, limit }),
    labelledMembers: (group, after, limit) => labelledPage.all(connection, { group, after, limit }),
    countMembers: async (group, most) => (await countUpTo.first(connection, { group, most }))?.n ?? 0,
    hasMoreMembersThan: async (group, count) =>
      (await memberAt.first(connection, { group, offset: count })) !== undefined,
    byIds: (server, type, ids) =>
      inPieces(ids, (piece) => resourcesByIds.all(connection, { server, type, ids: piece })),
    list: (server, type, after, limit) => resourcePage.all(connection, { server, type, after, limit }),
    parents: (server, ids) => inPieces(ids, (piece) => parentsOfIds.all(connection, { server, ids: piece })),
    count: async (server, type) => (await countOfType.first(connection, { server, type }))?.count ?? 0,
  };
}

/** Ids that one statement looks for. */
const PIECE = 1000;

/** Runs `read` with each id once, as JSON arrays of limited length. */
async function inPieces<T>(ids: readonly string[], read: (piece: string) => Promise<T[]>): Promise<T[]> {
  const distinct = [...new Set(ids)];
  const found: T[] = [];
  for (let from = 0; from < distinct.length; from += PIECE) {
    found.push(...(await read(JSON.stringify(distinct.slice(from, from + PIECE)))));
  }
  return found;
}
