import { type BoundFilter, type Member, type MemberOperation, matchesElement } from '@rollcall/scim';
import { sql } from 'kysely';
import { applyMembership } from '../apply-membership.ts';
import type { MembershipResult, StoredResource } from '../contract.ts';
import { elementOf, type MemberElementRow } from '../member-element.ts';
import { memberPair } from '../member-pair.ts';
import type { MembershipLedger } from '../membership-ledger.ts';
import { type Executes, prepared, textsOf } from './prepared.ts';

/** Rows that one statement takes: more would hold its locks for long, and fill the memory of both sides. */
const STEP = 5000;

interface Members {
  readonly group: number;
  readonly server: number;
  /** A JSON array. */
  readonly ids: string;
  /** A JSON object: what was sent with some of them. */
  readonly sent: string;
}

/**
 * The members' own rows are locked against deletion until the end, as a foreign key would do it: nobody becomes a member
 * who is being deleted. A group is never a member of itself.
 */
const insertMembers = prepared((db, { group, server, ids, sent }: Members) =>
  sql<{ id: string }>`
    WITH beside AS MATERIALIZED (SELECT CAST(${sent} AS jsonb) AS sent), found AS MATERIALIZED (
      SELECT resource.seq, resource.id, resource.type, beside.sent ->> resource.id AS sent
      FROM resource CROSS JOIN beside
      WHERE resource.server = ${server} AND resource.id = ANY(${textsOf(ids)}) AND resource.seq <> ${group}
      FOR KEY SHARE OF resource
    )
    INSERT INTO member (group_seq, member_seq, member_id, member_type, sent)
    SELECT ${group}, seq, id, type, sent FROM found
    ON CONFLICT DO NOTHING
    RETURNING member_id AS id`.compile(db),
);

const knownIds = prepared((db, { server, ids }: { server: number; ids: string }) =>
  sql<{ id: string }>`SELECT id FROM resource WHERE server = ${server} AND id = ANY(${textsOf(ids)})`.compile(db),
);

const deleteMembers = prepared((db, { group, server, ids }: { group: number; server: number; ids: string }) =>
  sql<{ id: string }>`
    DELETE FROM member WHERE group_seq = ${group} AND member_seq = ANY(ARRAY(
      SELECT seq FROM resource WHERE server = ${server} AND id = ANY(${textsOf(ids)})
    ))
    RETURNING member_id AS id`.compile(db),
);

const labelledPage = prepared((db, { group, after, limit }: { group: number; after: number; limit: number }) =>
  sql<MemberElementRow & { readonly member_seq: number }>`
    SELECT member_seq, member_id, member_type, sent, resource.label
    FROM member JOIN resource ON resource.seq = member.member_seq
    WHERE group_seq = ${group} AND member_seq > ${after} ORDER BY member_seq LIMIT ${limit}`.compile(db),
);

/** What differs from `members` is deleted and inserted, what was sent with the others is brought up to date. */
const replaceAll = prepared((db, { group, server, ids, sent }: Members) =>
  sql<{ what: 'added' | 'removed' | 'known'; id: string }>`
    WITH beside AS MATERIALIZED (SELECT CAST(${sent} AS jsonb) AS sent), wanted AS MATERIALIZED (
      SELECT resource.seq, resource.id, resource.type, beside.sent ->> resource.id AS sent
      FROM resource CROSS JOIN beside
      WHERE resource.server = ${server} AND resource.id = ANY(${textsOf(ids)})
      FOR KEY SHARE OF resource
    ), gone AS (
      -- NOT IN is looked up in a hash, whatever the planner believes to be there; a join may not be.
      DELETE FROM member WHERE group_seq = ${group} AND member_seq NOT IN (SELECT seq FROM wanted)
      RETURNING member_id
    ), come AS (
      INSERT INTO member AS known (group_seq, member_seq, member_id, member_type, sent)
      SELECT ${group}, seq, id, type, sent FROM wanted WHERE seq <> ${group}
      ON CONFLICT (group_seq, member_seq) DO UPDATE SET sent = excluded.sent
        WHERE known.sent IS DISTINCT FROM excluded.sent
      RETURNING member_id, xmax = 0 AS is_new
    )
    SELECT 'added' AS what, member_id AS id FROM come WHERE is_new UNION ALL SELECT 'removed', member_id FROM gone
    UNION ALL SELECT 'known', id FROM wanted`.compile(db),
);

/**
 * Applies membership operations to a group's rows, in order and in sets. Adding and removing cost the same in a group of
 * ten and of a million.
 */
export function applyMembers(
  connection: Executes,
  group: StoredResource,
  operations: readonly MemberOperation[],
): Promise<MembershipResult> {
  return applyMembership(operations, {
    add: (members, ledger) => addMembers(connection, group, members, ledger),
    remove: (ids, ledger) => removeMembers(connection, group, ids, ledger),
    removeMatching: (filter, ledger) => removeMatching(connection, group, filter, ledger),
    replace: (members, ledger) => replaceMembers(connection, group, members, ledger),
  });
}

/** Adds members that are not there yet; those that are keep what was sent with them first. */
async function addMembers(
  connection: Executes,
  group: StoredResource,
  members: readonly Member[],
  ledger: MembershipLedger,
): Promise<void> {
  const { seq, server } = group;
  for (const piece of pieces(members)) {
    const added = await insertMembers.all(connection, { group: seq, server, ...asJson(piece) });
    for (const { id } of added) ledger.added(id);
    // When every one was new, every one was known.
    if (added.length < piece.length) await reportUnknown(connection, server, piece, ledger.unknown);
  }
}

/** Removes the members with these ids; an id that is no member's is already as it should be. */
async function removeMembers(
  connection: Executes,
  { seq, server }: StoredResource,
  ids: readonly string[],
  ledger: MembershipLedger,
): Promise<void> {
  for (const piece of pieces(ids)) {
    const removed = await deleteMembers.all(connection, { group: seq, server, ids: JSON.stringify(piece) });
    for (const { id } of removed) ledger.removed(id);
  }
}

/** Removes the members that satisfy a filter on more than their `value`. Reads the whole group, a page at a time. */
async function removeMatching(
  connection: Executes,
  group: StoredResource,
  filter: BoundFilter,
  ledger: MembershipLedger,
): Promise<void> {
  for (let after = 0; ; ) {
    const page = await labelledPage.all(connection, { group: group.seq, after, limit: STEP });
    const ids = page.filter((row) => matchesElement(filter, elementOf(row))).map((row) => row.member_id);
    await removeMembers(connection, group, ids, ledger);
    if (page.length < STEP) return;
    after = page.at(-1)?.member_seq ?? after;
  }
}

async function replaceMembers(
  connection: Executes,
  { seq, server }: StoredResource,
  members: readonly Member[],
  ledger: MembershipLedger,
): Promise<void> {
  const rows = await replaceAll.all(connection, { group: seq, server, ...asJson(members) });
  const known = new Set<string>();
  for (const { what, id } of rows) {
    if (what === 'known') known.add(id);
    else ledger[what](id);
  }
  for (const { value } of members) if (!known.has(value)) ledger.unknown(value);
}

/** Ids among `members` that name no resource of the server, each once. */
export async function unknownMembers(
  connection: Executes,
  server: number,
  members: readonly Member[],
): Promise<string[]> {
  const unknown = new Set<string>();
  for (const piece of pieces(members)) await reportUnknown(connection, server, piece, (id) => unknown.add(id));
  return [...unknown];
}

async function reportUnknown(
  connection: Executes,
  server: number,
  members: readonly Member[],
  report: (id: string) => void,
): Promise<void> {
  const rows = await knownIds.all(connection, { server, ids: asJson(members).ids });
  const known = new Set(rows.map(({ id }) => id));
  for (const { value } of members) if (!known.has(value)) report(value);
}

/** Of two that are the same, the first counts. */
function asJson(members: readonly Member[]): Pick<Members, 'ids' | 'sent'> {
  const sent = members.toReversed().flatMap((member) => {
    const [id, text] = memberPair(member);
    return text === null ? [] : [[id, text] as const];
  });
  return {
    ids: JSON.stringify([...new Set(members.map(({ value }) => value))]),
    sent: JSON.stringify(Object.fromEntries(sent)),
  };
}

function* pieces<T>(list: readonly T[]): Generator<readonly T[]> {
  for (let from = 0; from < list.length; from += STEP) yield list.slice(from, from + STEP);
}
