import { setImmediate as nextTurn } from 'node:timers/promises';
import type { ObjectKey } from '@rollcall/provisioning';
import { sql } from 'kysely';
import type { Pipeline } from '../pipeline.ts';
import { rowStatement } from '../row-statement.ts';
import { limitTo, statement } from '../statement.ts';
import type { Statements } from '../statements.ts';
import { STEP, untilDone } from '../steps.ts';
import { type GroupMember, lockIds, lockMembers } from './locks.ts';
import type { Moved } from './references.ts';

interface Group {
  readonly application: number;
  readonly group: string;
}

const GROUP_MEMBER = { application: 'bigint', group_id: 'text', id: 'text' } as const;

/** `members` is a JSON array of `[id, type]`. */
const insertWanted = statement(
  (db, { application, group, members }: Group & { members: string }, { elements, field }) => {
    const [id, type] = [field('member.value', 0), field('member.value', 1)];
    return sql`
      INSERT INTO membership (application, group_id, member_id, member_type, wanted, present, linked)
      SELECT ${application}, ${group}, ${id}, ${type}, 1, 0, CASE WHEN EXISTS (
        SELECT 1 FROM link WHERE link.application = ${application} AND link.type = ${type} AND link.id = ${id}
      ) THEN 1 ELSE 0 END
      FROM ${elements(members, 'member')} WHERE true
      ON CONFLICT (application, group_id, member_id)
      DO UPDATE SET wanted = 1, member_type = excluded.member_type, linked = excluded.linked`.compile(db);
  },
);

const markUnwanted = rowStatement<GroupMember>(GROUP_MEMBER, (db, { application, group_id, id }, { from }) =>
  sql`
    UPDATE membership SET wanted = 0
    ${from} WHERE membership.application = ${application} AND membership.group_id = ${group_id}
      AND membership.member_id = ${id}`.compile(db),
);

/** Only what is linked can be in the target's group. `ids` is a JSON array. */
const markPresent = statement((db, { application, group, ids }: Group & { ids: string }, { dialect, texts }) =>
  sql`
    INSERT INTO membership (application, group_id, member_id, member_type, wanted, present, linked)
    SELECT ${sql.raw(dialect === 'sqlite' ? '' : 'DISTINCT ON (link.id)')}
      CAST(${application} AS bigint), ${group}, link.id, link.type, 0, 1, 1
    FROM ${texts(ids, 'member')} CROSS JOIN link
    WHERE link.application = ${application} AND link.type IN ('User', 'Group') AND link.id = member.value
    ON CONFLICT (application, group_id, member_id) DO UPDATE SET present = 1 WHERE membership.linked = 1`.compile(db),
);

const markAbsent = rowStatement<GroupMember>(GROUP_MEMBER, (db, { application, group_id, id }, { from }) =>
  sql`
    UPDATE membership SET present = 0
    ${from} WHERE membership.application = ${application} AND membership.group_id = ${group_id}
      AND membership.member_id = ${id}`.compile(db),
);

const deleteSettled = rowStatement<GroupMember>(GROUP_MEMBER, (db, { application, group_id, id }, { using }) =>
  sql`
    DELETE FROM membership ${using}
    WHERE membership.application = ${application} AND membership.group_id = ${group_id}
      AND membership.member_id = ${id} AND membership.wanted = 0 AND membership.present = 0`.compile(db),
);

interface Member {
  readonly application: number;
  readonly type: string;
  readonly id: string;
  readonly linked: number;
}

const forgetPresence = rowStatement<Member>(
  { application: 'bigint', type: 'text', id: 'text', linked: 'bigint' },
  (db, { application, type, id, linked }, { from, indexedBy }) =>
    sql`
      UPDATE membership ${indexedBy('membership_member')} SET present = 0, linked = ${linked}
      ${from} WHERE membership.application = ${application} AND membership.member_id = ${id}
        AND membership.member_type = ${type} AND (membership.present <> 0 OR membership.linked <> ${linked})`.compile(
      db,
    ),
);

const deleteSettledOfMembers = rowStatement<{ application: number; id: string }>(
  { application: 'bigint', id: 'text' },
  (db, { application, id }, { using, indexedBy }) =>
    sql`
      DELETE FROM membership ${indexedBy('membership_member')} ${using}
      WHERE membership.application = ${application} AND membership.member_id = ${id}
        AND membership.wanted = 0 AND membership.present = 0`.compile(db),
);

const emptyGroups = rowStatement<Group>(
  { application: 'bigint', group: 'text' },
  (db, { application, group }, { from }) =>
    sql`
      UPDATE membership SET present = 0
      ${from} WHERE membership.application = ${application} AND membership.group_id = ${group}
        AND membership.present = 1`.compile(db),
);

const deleteSettledOfGroups = rowStatement<Group>(
  { application: 'bigint', group: 'text' },
  (db, { application, group }, { using }) =>
    sql`
      DELETE FROM membership ${using}
      WHERE membership.application = ${application} AND membership.group_id = ${group}
        AND membership.wanted = 0 AND membership.present = 0`.compile(db),
);

const deleteSomeOfGroup = statement(
  (db, { application, group, limit }: Group & { limit: number }, { dialect, forUpdate }) => {
    const some = sql`
      SELECT member_id FROM membership WHERE application = ${application} AND group_id = ${group}
      ORDER BY member_id LIMIT ${limitTo(limit)} ${forUpdate}`;
    return sql`
      DELETE FROM membership WHERE application = ${application} AND group_id = ${group}
        AND member_id ${dialect === 'sqlite' ? sql`IN (${some})` : sql`= ANY (ARRAY (${some}))`}`.compile(db);
  },
);

/** Notes what the directory says of a group: members that it should have from now on, and others no longer. */
export async function changeWanted(
  statements: Statements,
  application: number,
  group: string,
  added: readonly ObjectKey[],
  removed: readonly string[],
  pipeline: Pipeline,
): Promise<void> {
  const members = [...new Map(added.map(({ id, type }) => [id, type]))].sort(byId);
  const ids = members.map(([id]) => id);
  // Whoever links one of them at this moment has done so before it is looked up, or sees it among the group's.
  pipeline.send(lockIds(statements, application, { exclusive: [], shared: ids }));
  await inPieces(members, pipeline, (piece) => {
    pipeline.send(insertWanted.run(statements, { application, group, members: JSON.stringify(piece) }));
  });
  await inPieces(removed, pipeline, (piece) => {
    const rows = piece.map((id) => ({ application, group_id: group, id }));
    pipeline.send(lockMembers(statements, rows));
    pipeline.send(markUnwanted.run(statements, rows));
    pipeline.send(deleteSettled.run(statements, rows));
  });
}

/** Notes what the target's group has from now on, and what no longer. The ids that are added are locked (`lockIds`). */
export async function changePresent(
  statements: Statements,
  application: number,
  group: string,
  added: readonly string[],
  removed: readonly string[],
  pipeline: Pipeline,
): Promise<void> {
  await inPieces(added, pipeline, (piece) => {
    pipeline.send(markPresent.run(statements, { application, group, ids: JSON.stringify(piece) }));
  });
  await inPieces(removed, pipeline, (piece) => {
    const rows = piece.map((id) => ({ application, group_id: group, id }));
    pipeline.send(lockMembers(statements, rows));
    pipeline.send(markAbsent.run(statements, rows));
    pipeline.send(deleteSettled.run(statements, rows));
  });
}

/** Objects are somewhere else in the target now, or nowhere: no group of the target has them, and as groups they are empty. */
export async function moveMemberships(
  statements: Statements,
  application: number,
  moved: readonly Moved[],
  pipeline: Pipeline,
): Promise<void> {
  const members = moved.map(({ type, id, target }) => ({ application, type, id, linked: target === null ? 0 : 1 }));
  pipeline.send(forgetPresence.run(statements, members));
  pipeline.send(
    deleteSettledOfMembers.run(
      statements,
      moved.map(({ id }) => ({ application, id })),
    ),
  );
  const groups = moved.filter(({ type }) => type === 'Group');
  const linked = groups.filter(({ target }) => target !== null).map(({ id }) => ({ application, group: id }));
  pipeline.send(emptyGroups.run(statements, linked));
  pipeline.send(deleteSettledOfGroups.run(statements, linked));
  for (const { id, target } of groups) {
    if (target !== null) continue;
    await untilDone(() => deleteSomeOfGroup.run(statements, { application, group: id, limit: STEP }));
  }
}

const byId = ([a]: readonly [string, ...unknown[]], [b]: readonly [string, ...unknown[]]) => (a < b ? -1 : 1);

/** Runs `step` on a list piece by piece, with the answers to one piece and a turn of the event loop before the next. */
async function inPieces<T>(list: readonly T[], pipeline: Pipeline, step: (piece: readonly T[]) => void): Promise<void> {
  for (let from = 0; from < list.length; from += STEP) {
    if (from > 0) {
      await pipeline.answered();
      await nextTurn();
    }
    step(list.length <= STEP ? list : list.slice(from, from + STEP));
  }
}
