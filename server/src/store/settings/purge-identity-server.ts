import { sql } from 'kysely';
import { deleteSome } from '../delete-some.ts';
import { limitTo, type SqlFor, statement } from '../statement.ts';
import type { Statements } from '../statements.ts';

interface Limited {
  readonly server: number;
  readonly limit: number;
}

const ofServer = (server: number) => sql`server = ${server}`;

const deleteChanges = statement((db, { server, limit }: Limited, sqlFor) =>
  deleteSome(sqlFor, { table: 'change', key: 'n', where: ofServer(server), orderBy: 'n', limit }).compile(db),
);

const deleteIndexed = statement((db, { server, limit }: Limited, sqlFor) =>
  deleteSome(sqlFor, {
    table: 'index_value',
    key: 'server, type, path, key, seq',
    orderBy: 'server, type, path, key, seq',
    where: ofServer(server),
    limit,
  }).compile(db),
);

const deleteUnique = statement((db, { server, limit }: Limited, sqlFor) =>
  deleteSome(sqlFor, {
    table: 'unique_value',
    key: 'server, type, path, key',
    orderBy: 'server, type, path, key',
    where: ofServer(server),
    limit,
  }).compile(db),
);

/** Among a JSON array's numbers. PostgreSQL looks an array up in an index; a subselect it might join with all rows. */
const anyOf = ({ dialect, numbers }: SqlFor, seqs: string) =>
  dialect === 'sqlite'
    ? sql`IN (SELECT value FROM ${numbers(seqs, 'owner')})`
    : sql`= ANY (ARRAY (SELECT value FROM ${numbers(seqs, 'owner')}))`;

/** The resources that a step deletes, as a JSON array. */
const nextResources = statement((db, { server, limit }: Limited) =>
  db.selectFrom('resource').select('seq').where('server', '=', server).orderBy('id').limit(limitTo(limit)).compile(),
);

interface Owned {
  readonly seqs: string;
  readonly limit: number;
}

/** PostgreSQL looks up each of the resources, whatever it thinks that a group has members. */
const deleteMembersOf = (column: 'group_seq' | 'member_seq', other: 'group_seq' | 'member_seq') =>
  statement((db, { seqs, limit }: Owned, sqlFor) => {
    const [owned, rest] = [sql.ref(column), sql.ref(other)];
    const owners = sqlFor.numbers(seqs, 'owner');
    return sqlFor.dialect === 'sqlite'
      ? sql`
          DELETE FROM member WHERE (group_seq, member_seq) IN (
            SELECT group_seq, member_seq FROM ${owners} CROSS JOIN member
            WHERE ${owned} = owner.value LIMIT ${limitTo(limit)}
          )`.compile(db)
      : sql`
          DELETE FROM member WHERE ctid = ANY (ARRAY (
            SELECT place FROM ${owners} CROSS JOIN LATERAL (
              SELECT ctid AS place FROM member WHERE ${owned} = owner.value
              ORDER BY ${rest} LIMIT ${limitTo(limit)} FOR UPDATE
            ) AS owned LIMIT ${limitTo(limit)}
          ))`.compile(db);
  });

const MEMBERS = [deleteMembersOf('group_seq', 'member_seq'), deleteMembersOf('member_seq', 'group_seq')];

const deleteResources = statement((db, { seqs }: { seqs: string }, sqlFor) =>
  sql`DELETE FROM resource WHERE seq ${anyOf(sqlFor, seqs)}`.compile(db),
);

type Server = Omit<Limited, 'limit'>;

/** The few rows that go last, the identity server's own at the very end. */
const REST = [
  statement((db, { server }: Server) => db.deleteFrom('resource_count').where('server', '=', server).compile()),
  statement((db, { server }: Server) => db.deleteFrom('definition').where('server', '=', server).compile()),
  statement((db, { server }: Server) => db.deleteFrom('token').where('server', '=', server).compile()),
  statement((db, { server }: Server) => db.deleteFrom('change_pruned').where('server', '=', server).compile()),
  statement((db, { server }: Server) => db.deleteFrom('identity_server').where('key', '=', server).compile()),
];

/** Whoever empties it holds its row: processes that do so at the same time take turns. */
const removingServer = statement((db, { server }: Server, sqlFor) =>
  db.selectFrom('identity_server').select('removing').where('key', '=', server).modifyEnd(sqlFor.forUpdate).compile(),
);

/**
 * One step of emptying an identity server that is being removed: deletes about `limit` rows. `empty` when nothing but
 * its own few rows is left, `gone` when not even those are. Throws when the server is not marked as being removed.
 */
export async function emptyIdentityServer(
  statements: Statements,
  server: number,
  limit: number,
): Promise<'filled' | 'empty' | 'gone'> {
  const marked = await removingServer.first(statements, { server });
  if (marked === undefined) return 'gone';
  if (marked.removing === 0) throw new Error(`The identity server ${server} is not being removed`);

  for (const step of [deleteChanges, deleteIndexed, deleteUnique]) {
    if ((await step.run(statements, { server, limit })) > 0) return 'filled';
  }
  const seqs = JSON.stringify((await nextResources.all(statements, { server, limit })).map((row) => row.seq));
  for (const step of MEMBERS) {
    if ((await step.run(statements, { seqs, limit })) > 0) return 'filled';
  }
  return (await deleteResources.run(statements, { seqs })) > 0 ? 'filled' : 'empty';
}

/** Deletes what is left of an identity server that is empty; false when something came after that was seen. */
export async function removeIdentityServer(statements: Statements, server: number, limit: number): Promise<boolean> {
  if ((await emptyIdentityServer(statements, server, limit)) === 'filled') return false;
  for (const step of REST) await step.run(statements, { server });
  return true;
}
