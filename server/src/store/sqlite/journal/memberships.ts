import type { ObjectKey, PendingMember } from '@rollcall/provisioning';
import { sql } from 'kysely';
import { compiled, limitTo } from '../compiled.ts';
import type { Connection } from '../connection.ts';
import { inSteps, STEP, untilDone } from '../steps.ts';

interface Group {
  readonly application: number;
  readonly group: string;
}

/** `members` is a JSON array of `[id, type]`. */
const insertWanted = compiled((db, { application, group, members }: Group & { members: string }) =>
  sql`
    INSERT INTO membership (application, group_id, member_id, member_type, wanted, present, linked)
    SELECT ${application}, ${group}, member.value ->> 0, member.value ->> 1, 1, 0, EXISTS (
      SELECT 1 FROM link
      WHERE application = ${application} AND type = member.value ->> 1 AND link.id = member.value ->> 0
    )
    FROM json_each(${members}) AS member WHERE true
    ON CONFLICT DO UPDATE SET wanted = 1, member_type = excluded.member_type, linked = excluded.linked`.compile(db),
);

/** `ids` is a JSON array, here and below. */
const markUnwanted = compiled((db, { application, group, ids }: Group & { ids: string }) =>
  sql`
    UPDATE membership SET wanted = 0
    WHERE application = ${application} AND group_id = ${group} AND member_id IN (SELECT value FROM json_each(${ids}))`.compile(
    db,
  ),
);

/** Only what is linked can be in the target's group. */
const markPresent = compiled((db, { application, group, ids }: Group & { ids: string }) =>
  sql`
    INSERT INTO membership (application, group_id, member_id, member_type, wanted, present, linked)
    SELECT ${application}, ${group}, link.id, link.type, 0, 1, 1
    FROM json_each(${ids}) AS member CROSS JOIN link
    WHERE link.application = ${application} AND link.type IN ('User', 'Group') AND link.id = member.value
    ON CONFLICT DO UPDATE SET present = 1 WHERE linked = 1`.compile(db),
);

const markAbsent = compiled((db, { application, group, ids }: Group & { ids: string }) =>
  sql`
    UPDATE membership SET present = 0
    WHERE application = ${application} AND group_id = ${group} AND member_id IN (SELECT value FROM json_each(${ids}))`.compile(
    db,
  ),
);

const deleteSettled = compiled((db, { application, group, ids }: Group & { ids: string }) =>
  sql`
    DELETE FROM membership
    WHERE application = ${application} AND group_id = ${group} AND member_id IN (SELECT value FROM json_each(${ids}))
      AND wanted = 0 AND present = 0`.compile(db),
);

const pendingOfGroup = compiled(
  (db, { application, group, wanted, after, limit }: Group & { wanted: number; after: string; limit: number }) =>
    sql<PendingMember>`
      SELECT membership.member_id AS member, link.target_id AS targetId
      FROM membership INDEXED BY membership_pending CROSS JOIN link
      WHERE membership.application = ${application} AND group_id = ${group} AND member_id > ${after}
        AND wanted <> present AND linked = 1 AND wanted = ${wanted}
        AND link.application = ${application} AND link.type = member_type AND link.id = member_id
        AND EXISTS (SELECT 1 FROM link WHERE application = ${application} AND type = 'Group' AND id = ${group})
      ORDER BY member_id LIMIT ${limitTo(limit)}`.compile(db),
);

const presentOfGroup = compiled((db, { application, group, after, limit }: Group & { after: string; limit: number }) =>
  sql<{ id: string }>`
      SELECT member_id AS id FROM membership
      WHERE application = ${application} AND group_id = ${group} AND member_id > ${after} AND present = 1
      ORDER BY member_id LIMIT ${limitTo(limit)}`.compile(db),
);

const rowsOfGroup = compiled((db, { application, group, after, limit }: Group & { after: string; limit: number }) =>
  sql<{ id: string; type: string; wanted: number }>`
    SELECT member_id AS id, member_type AS type, wanted FROM membership
    WHERE application = ${application} AND group_id = ${group} AND member_id > ${after}
    ORDER BY member_id LIMIT ${limitTo(limit)}`.compile(db),
);

/** A search of the index for the next group, however many rows each one has. */
const nextPendingGroup = compiled((db, { application, after }: { application: number; after: string }) =>
  sql<{ id: string; linked: number }>`
    SELECT group_id AS id, EXISTS (
      SELECT 1 FROM link WHERE application = ${application} AND type = 'Group' AND link.id = group_id
    ) AS linked
    FROM membership INDEXED BY membership_pending
    WHERE application = ${application} AND group_id > ${after} AND wanted <> present AND linked = 1
    ORDER BY group_id LIMIT 1`.compile(db),
);

interface Member {
  readonly application: number;
  readonly type: string;
  readonly id: string;
  readonly linked: number;
}

const forgetPresence = compiled((db, { application, type, id, linked }: Member) =>
  sql`
    UPDATE membership INDEXED BY membership_member SET present = 0, linked = ${linked}
    WHERE application = ${application} AND member_id = ${id} AND member_type = ${type}`.compile(db),
);

const deleteSettledOfMember = compiled((db, { application, id }: { application: number; id: string }) =>
  sql`
    DELETE FROM membership INDEXED BY membership_member
    WHERE application = ${application} AND member_id = ${id} AND wanted = 0 AND present = 0`.compile(db),
);

const emptyGroup = compiled((db, { application, group }: Group) =>
  sql`
    UPDATE membership SET present = 0
    WHERE application = ${application} AND group_id = ${group} AND present = 1`.compile(db),
);

const deleteSettledOfGroup = compiled((db, { application, group }: Group) =>
  sql`
    DELETE FROM membership
    WHERE application = ${application} AND group_id = ${group} AND wanted = 0 AND present = 0`.compile(db),
);

const deleteSomeOfGroup = compiled((db, { application, group, limit }: Group & { limit: number }) =>
  sql`
    DELETE FROM membership WHERE application = ${application} AND group_id = ${group} AND member_id IN (
      SELECT member_id FROM membership
      WHERE application = ${application} AND group_id = ${group} LIMIT ${limitTo(limit)}
    )`.compile(db),
);

/** All rows of a group, a page at a time. */
export function* walkGroup(
  connection: Connection,
  application: number,
  group: string,
): Generator<{ id: string; type: string; wanted: number }[]> {
  for (let after = ''; ; ) {
    const page = rowsOfGroup.all(connection, { application, group, after, limit: STEP });
    yield page;
    if (page.length < STEP) return;
    after = page.at(-1)?.id ?? after;
  }
}

/** Notes what the directory says of a group: members that it should have from now on, and others no longer. */
export async function changeWanted(
  connection: Connection,
  application: number,
  group: string,
  added: readonly ObjectKey[],
  removed: readonly string[],
): Promise<void> {
  await inSteps(added, (piece) => {
    const members = JSON.stringify(piece.map(({ id, type }) => [id, type]));
    insertWanted.run(connection, { application, group, members });
  });
  await inSteps(removed, (piece) => {
    const ids = JSON.stringify(piece);
    markUnwanted.run(connection, { application, group, ids });
    deleteSettled.run(connection, { application, group, ids });
  });
}

/** Notes what the target's group has from now on, and what no longer. */
export async function changePresent(
  connection: Connection,
  application: number,
  group: string,
  added: readonly string[],
  removed: readonly string[],
): Promise<void> {
  await inSteps(added, (piece) => {
    markPresent.run(connection, { application, group, ids: JSON.stringify(piece) });
  });
  await inSteps(removed, (piece) => {
    const ids = JSON.stringify(piece);
    markAbsent.run(connection, { application, group, ids });
    deleteSettled.run(connection, { application, group, ids });
  });
}

/** An object is somewhere else in the target now, or nowhere: no group of the target has it, and as a group it is empty. */
export async function moveMemberships(
  connection: Connection,
  application: number,
  { type, id }: ObjectKey,
  isLinked: boolean,
): Promise<void> {
  forgetPresence.run(connection, { application, type, id, linked: isLinked ? 1 : 0 });
  deleteSettledOfMember.run(connection, { application, id });
  if (type !== 'Group') return;
  if (!isLinked) {
    await untilDone(() => deleteSomeOfGroup.run(connection, { application, group: id, limit: STEP }).changes);
    return;
  }
  emptyGroup.run(connection, { application, group: id });
  deleteSettledOfGroup.run(connection, { application, group: id });
}

export function pageOfPending(
  connection: Connection,
  application: number,
  group: string,
  what: 'add' | 'remove',
  after: string,
  limit: number,
): PendingMember[] {
  return pendingOfGroup.all(connection, { application, group, wanted: what === 'add' ? 1 : 0, after, limit });
}

export function pageOfPresent(
  connection: Connection,
  application: number,
  group: string,
  after: string,
  limit: number,
): string[] {
  return presentOfGroup.all(connection, { application, group, after, limit }).map(({ id }) => id);
}

export function pageOfPendingGroups(
  connection: Connection,
  application: number,
  after: string,
  limit: number,
): string[] {
  const groups: string[] = [];
  for (let from = after; groups.length < limit; ) {
    const next = nextPendingGroup.first(connection, { application, after: from });
    if (next === undefined) break;
    if (next.linked === 1) groups.push(next.id);
    from = next.id;
  }
  return groups;
}
