import { sql } from 'kysely';
import type { MemberRow, Reads, StoredResource } from '../contract.ts';
import { compiled, limitTo, ONE } from './compiled.ts';
import type { Connection } from './connection.ts';
import { groupsOf, groupsOfMany } from './groups-of.ts';
import { RESOURCE_COLUMNS } from './stored-resource.ts';

const resourceById = compiled((db, { server, type, id }: { server: number; type: string; id: string }) =>
  db
    .selectFrom('resource')
    .select(RESOURCE_COLUMNS)
    .where('server', '=', server)
    .where('id', '=', id)
    .where('type', '=', type)
    .compile(),
);

interface Key {
  readonly server: number;
  readonly type: string;
  readonly path: string;
  readonly key: string;
}

interface LimitedKey extends Key {
  readonly limit: number;
}

const holdersOfIndexed = compiled((db, { server, type, path, key, limit }: LimitedKey) =>
  db
    .selectFrom('index_value')
    .crossJoin('resource')
    .whereRef('resource.seq', '=', 'index_value.seq')
    .where('index_value.server', '=', server)
    .where('index_value.type', '=', type)
    .where('index_value.path', '=', path)
    .where('index_value.key', '=', key)
    .select(RESOURCE_COLUMNS)
    .orderBy('index_value.seq')
    .limit(limitTo(limit))
    .compile(),
);

const holderOfUnique = compiled((db, { server, type, path, key }: Key) =>
  db
    .selectFrom('unique_value')
    .crossJoin('resource')
    .whereRef('resource.seq', '=', 'unique_value.seq')
    .where('unique_value.server', '=', server)
    .where('unique_value.type', '=', type)
    .where('unique_value.path', '=', path)
    .where('unique_value.key', '=', key)
    .select(RESOURCE_COLUMNS)
    .compile(),
);

const memberPage = compiled((db, { group, after, limit }: { group: number; after: number; limit: number }) =>
  db
    .selectFrom('member')
    .select(['member_seq as seq', 'member_id as id', 'member_type as type', 'sent'])
    .where('group_seq', '=', group)
    .where('member_seq', '>', after)
    .orderBy('member_seq')
    .limit(limitTo(limit))
    .compile(),
);

const labelledPage = compiled((db, { group, after, limit }: { group: number; after: number; limit: number }) =>
  db
    .selectFrom('member')
    .leftJoin('resource', 'resource.seq', 'member.member_seq')
    .select(['member.member_seq as seq', 'member.member_id as id', 'member.member_type as type', 'resource.label'])
    .where('member.group_seq', '=', group)
    .where('member.member_seq', '>', after)
    .orderBy('member.member_seq')
    .limit(limitTo(limit))
    .compile(),
);

const countUpTo = compiled((db, { group, most }: { group: number; most: number }) =>
  sql<{ n: number }>`
    SELECT count(*) AS n FROM (SELECT 1 FROM member WHERE group_seq = ${group} LIMIT ${limitTo(most)})`.compile(db),
);

const memberAt = compiled((db, { group, offset }: { group: number; offset: number }) =>
  db
    .selectFrom('member')
    .select('member_seq')
    .where('group_seq', '=', group)
    .orderBy('member_seq')
    .limit(ONE)
    .offset(limitTo(offset))
    .compile(),
);

/** `ids` is a JSON array. The cross join makes SQLite look for each of the ids, and not for each resource among them. */
const resourcesByIds = compiled((db, { server, type, ids }: { server: number; type: string; ids: string }) =>
  sql<StoredResource>`
    SELECT ${sql.raw(RESOURCE_COLUMNS.join(', '))}
    FROM json_each(${ids}) AS wanted CROSS JOIN resource
    WHERE resource.server = ${server} AND resource.id = wanted.value AND resource.type = ${type}`.compile(db),
);

const resourcePage = compiled(
  (db, { server, type, after, limit }: { server: number; type: string; after: number; limit: number }) =>
    db
      .selectFrom('resource')
      .select(RESOURCE_COLUMNS)
      .where('server', '=', server)
      .where('type', '=', type)
      .where('seq', '>', after)
      .orderBy('seq')
      .limit(limitTo(limit))
      .compile(),
);

const parentsOfIds = compiled((db, { server, ids }: { server: number; ids: string }) =>
  sql<{ id: string; group: string; label: string }>`
    SELECT resource.id, parent.id AS "group", parent.label
    FROM json_each(${ids}) AS wanted CROSS JOIN resource CROSS JOIN member CROSS JOIN resource AS parent
    WHERE resource.server = ${server} AND resource.id = wanted.value
      AND member.member_seq = resource.seq AND parent.seq = member.group_seq`.compile(db),
);

const countOfType = compiled((db, { server, type }: { server: number; type: string }) =>
  db.selectFrom('resource_count').select('count').where('server', '=', server).where('type', '=', type).compile(),
);

/** Index lookups on one connection: the last commit on a reading one, the transaction's own state on the writing one. */
export function createReads(connection: Connection): Reads {
  return {
    async byId(server, type, id): Promise<StoredResource | undefined> {
      return resourceById.first(connection, { server, type, id });
    },
    async byKey(server, type, path, key, limit): Promise<StoredResource[]> {
      // What may also be unique by a setting is indexed as well; unique by its schema, it is only there.
      const indexed = holdersOfIndexed.all(connection, { server, type, path, key, limit });
      if (indexed.length > 0 || limit === 0) return indexed;
      return holderOfUnique.all(connection, { server, type, path, key });
    },
    async groupsOf(seq) {
      return groupsOf(connection, seq);
    },
    async groupsOfMany(seqs) {
      return groupsOfMany(connection, seqs);
    },
    async members(group, after, limit): Promise<MemberRow[]> {
      return memberPage.all(connection, { group, after, limit });
    },
    async labelledMembers(group, after, limit) {
      return labelledPage.all(connection, { group, after, limit });
    },
    async countMembers(group, most) {
      return countUpTo.first(connection, { group, most })?.n ?? 0;
    },
    async hasMoreMembersThan(group, count) {
      return memberAt.first(connection, { group, offset: count }) !== undefined;
    },
    async byIds(server, type, ids): Promise<StoredResource[]> {
      return pieces(ids).flatMap((piece) => resourcesByIds.all(connection, { server, type, ids: piece }));
    },
    async list(server, type, after, limit): Promise<StoredResource[]> {
      return resourcePage.all(connection, { server, type, after, limit });
    },
    async parents(server, ids) {
      return pieces(ids).flatMap((piece) => parentsOfIds.all(connection, { server, ids: piece }));
    },
    async count(server, type) {
      return countOfType.first(connection, { server, type })?.count ?? 0;
    },
  };
}

/** Ids that one statement looks for. */
const PIECE = 1000;

/** Each id once, as JSON arrays of limited length. */
function pieces(ids: readonly string[]): string[] {
  const distinct = [...new Set(ids)];
  const texts: string[] = [];
  for (let from = 0; from < distinct.length; from += PIECE) {
    texts.push(JSON.stringify(distinct.slice(from, from + PIECE)));
  }
  return texts;
}
