import { type RawBuilder, sql } from 'kysely';
import { rowStatement } from '../row-statement.ts';
import { statement } from '../statement.ts';
import type { Statements } from '../statements.ts';

/**
 * What keeps writers of one application in several processes apart; SQLite has one writer and needs none of it.
 *
 * A link says of others' references and memberships whether they can be sent, and they are counted as such in their own
 * rows. Whoever links, moves or unlinks an object therefore locks its id for himself, and whoever writes a reference or
 * a membership that looks for its link locks it together with others of his kind: one of the two sees what the other
 * wrote. Ids share a few locks, for PostgreSQL keeps them in memory. Everything is locked in one order: links by their
 * keys, ids, references by their keys, memberships by theirs. A deadlock is left only where two processes write one
 * object at once, against their leases; PostgreSQL ends one of them, and it is tried again.
 */
const LOCKS = 64;

interface IdLock {
  readonly application: number;
  readonly place: number;
  readonly exclusive: number;
}

const takeLocks = rowStatement<IdLock>(
  { application: 'bigint', place: 'bigint', exclusive: 'bigint' },
  (db, { application, place, exclusive }, { from }) => {
    const lock = (name: string): RawBuilder<unknown> =>
      sql`CAST(${sql.raw(name)}(CAST(${application} AS integer), CAST(${place} AS integer)) AS text)`;
    return sql`
      SELECT count(CASE ${exclusive} WHEN 1 THEN ${lock('pg_advisory_xact_lock')}
        ELSE ${lock('pg_advisory_xact_lock_shared')} END) ${from}`.compile(db);
  },
);

/** Locks ids until the end: alone, or together with others that only look. */
export function lockIds(
  statements: Statements,
  application: number,
  ids: { readonly exclusive: readonly string[]; readonly shared: readonly string[] },
): Promise<unknown> | undefined {
  if (statements.dialect === 'sqlite') return undefined;
  const places = new Map<number, number>();
  for (const id of ids.shared) places.set(placeOf(id), 0);
  for (const id of ids.exclusive) places.set(placeOf(id), 1);
  const rows = [...places].sort(([a], [b]) => a - b).map(([place, exclusive]) => ({ application, place, exclusive }));
  return takeLocks.run(statements, rows);
}

/** FNV-1a: ids of one moment differ at their ends alone. */
function placeOf(id: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < id.length; index++) hash = Math.imul(hash ^ id.charCodeAt(index), 0x01000193);
  return (hash >>> 0) % LOCKS;
}

/** `id ${anyOf(ids)}` in an OR, where `among` finds no index. */
const anyOf = (json: string) => sql`= ANY (ARRAY (SELECT json_array_elements_text(CAST(${json} AS json))))`;

interface Ids {
  readonly application: number;
  /** JSON arrays of ids. */
  readonly own: string;
  readonly moved: string;
}

const referenceRows = statement((db, { application, own, moved }: Ids, { forUpdate }) =>
  sql`
    SELECT count(*) FROM (
      SELECT 1 FROM reference
      WHERE application = ${application} AND (wanted ${anyOf(moved)} OR (type IN ('User', 'Group') AND id ${anyOf(own)}))
      ORDER BY type, id, path ${forUpdate}
    ) AS locked`.compile(db),
);

const membershipRows = statement((db, { application, own, moved }: Ids, { forUpdate }) =>
  sql`
    SELECT count(*) FROM (
      SELECT 1 FROM membership
      WHERE application = ${application} AND (member_id ${anyOf(moved)} OR (group_id ${anyOf(own)} AND present = 1))
      ORDER BY group_id, member_id ${forUpdate}
    ) AS locked`.compile(db),
);

export interface GroupMember {
  readonly application: number;
  readonly group_id: string;
  readonly id: string;
}

const memberRows = rowStatement<GroupMember>(
  { application: 'bigint', group_id: 'text', id: 'text' },
  (db, { application, group_id, id }, { from }) =>
    sql`
      SELECT count(*) FROM (
        SELECT 1 ${from} JOIN membership ON membership.application = ${application}
          AND membership.group_id = ${group_id} AND membership.member_id = ${id}
        ORDER BY membership.group_id, membership.member_id FOR UPDATE OF membership
      ) AS locked`.compile(db),
);

/** Locks, in their order, the references that objects have and those to objects that moved. */
export function lockReferences(
  statements: Statements,
  application: number,
  own: readonly string[],
  moved: readonly string[],
): Promise<unknown> | undefined {
  if (statements.dialect === 'sqlite' || (moved.length === 0 && own.length < 2)) return undefined;
  return referenceRows.all(statements, { application, own: JSON.stringify(own), moved: JSON.stringify(moved) });
}

/** Locks, in their order, the memberships of objects that moved, and what groups that moved have in the target. */
export function lockMemberships(
  statements: Statements,
  application: number,
  moved: readonly string[],
  groups: readonly string[],
): Promise<unknown> | undefined {
  if (statements.dialect === 'sqlite' || moved.length === 0) return undefined;
  return membershipRows.all(statements, { application, own: JSON.stringify(groups), moved: JSON.stringify(moved) });
}

/** Locks, in their order, some memberships of a group. */
export function lockMembers(statements: Statements, members: readonly GroupMember[]): Promise<unknown> | undefined {
  return statements.dialect === 'sqlite' || members.length < 2 ? undefined : memberRows.run(statements, members);
}
