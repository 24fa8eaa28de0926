import { sql } from 'kysely';
import { compiled, limitTo } from './compiled.ts';
import type { Connection } from './connection.ts';

interface Limited {
  readonly server: number;
  readonly limit: number;
}

const deleteChanges = compiled((db, { server, limit }: Limited) =>
  db
    .deleteFrom('change')
    .where('n', 'in', (select) =>
      select.selectFrom('change').select('n').where('server', '=', server).limit(limitTo(limit)),
    )
    .compile(),
);

const deleteIndexed = compiled((db, { server, limit }: Limited) =>
  sql`
    DELETE FROM index_value WHERE (server, type, path, key, seq) IN (
      SELECT server, type, path, key, seq FROM index_value WHERE server = ${server} LIMIT ${limitTo(limit)}
    )`.compile(db),
);

const deleteUnique = compiled((db, { server, limit }: Limited) =>
  sql`
    DELETE FROM unique_value WHERE (server, type, path, key) IN (
      SELECT server, type, path, key FROM unique_value WHERE server = ${server} LIMIT ${limitTo(limit)}
    )`.compile(db),
);

/** The resources that a step deletes, as a JSON array. */
const nextResources = compiled((db, { server, limit }: Limited) =>
  db.selectFrom('resource').select('seq').where('server', '=', server).orderBy('id').limit(limitTo(limit)).compile(),
);

interface Owned {
  readonly seqs: string;
  readonly limit: number;
}

const deleteMembersOf = compiled((db, { seqs, limit }: Owned) =>
  sql`
    DELETE FROM member WHERE (group_seq, member_seq) IN (
      SELECT group_seq, member_seq FROM json_each(${seqs}) AS owner CROSS JOIN member
      WHERE group_seq = owner.value LIMIT ${limitTo(limit)}
    )`.compile(db),
);

const deleteMembershipsOf = compiled((db, { seqs, limit }: Owned) =>
  sql`
    DELETE FROM member WHERE (group_seq, member_seq) IN (
      SELECT group_seq, member_seq FROM json_each(${seqs}) AS owner CROSS JOIN member
      WHERE member_seq = owner.value LIMIT ${limitTo(limit)}
    )`.compile(db),
);

const deleteResources = compiled((db, { seqs }: { seqs: string }) =>
  sql`DELETE FROM resource WHERE seq IN (SELECT value FROM json_each(${seqs}))`.compile(db),
);

type Server = Omit<Limited, 'limit'>;

/** The few rows that go last, the identity server's own at the very end. */
const REST = [
  compiled((db, { server }: Server) => db.deleteFrom('resource_count').where('server', '=', server).compile()),
  compiled((db, { server }: Server) => db.deleteFrom('definition').where('server', '=', server).compile()),
  compiled((db, { server }: Server) => db.deleteFrom('token').where('server', '=', server).compile()),
  compiled((db, { server }: Server) => db.deleteFrom('change_pruned').where('server', '=', server).compile()),
  compiled((db, { server }: Server) => db.deleteFrom('identity_server').where('key', '=', server).compile()),
];

const removingServer = compiled((db, { server }: Server) =>
  db.selectFrom('identity_server').select('removing').where('key', '=', server).compile(),
);

/**
 * One step of emptying an identity server that is being removed: deletes about `limit` rows, and says whether nothing is
 * left. Throws when the server is not marked as being removed.
 */
export function purgeIdentityServer(connection: Connection, server: number, limit: number): boolean {
  const marked = removingServer.first(connection, { server });
  if (marked === undefined) return true;
  if (marked.removing === 0) throw new Error(`The identity server ${server} is not being removed`);

  for (const step of [deleteChanges, deleteIndexed, deleteUnique]) {
    if (step.run(connection, { server, limit }).changes > 0) return false;
  }
  const seqs = JSON.stringify(nextResources.all(connection, { server, limit }).map((row) => row.seq));
  for (const step of [deleteMembersOf, deleteMembershipsOf]) {
    if (step.run(connection, { seqs, limit }).changes > 0) return false;
  }
  if (deleteResources.run(connection, { seqs }).changes > 0) return false;
  for (const step of REST) step.run(connection, { server });
  return true;
}
