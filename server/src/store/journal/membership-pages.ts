import type { PendingMember } from '@rollcall/provisioning';
import { sql } from 'kysely';
import { limitTo, statement } from '../statement.ts';
import type { Statements } from '../statements.ts';
import { STEP } from '../steps.ts';

interface Page {
  readonly application: number;
  readonly group: string;
  readonly after: string;
  readonly limit: number;
}

const pendingOfGroup = statement(
  (db, { application, group, wanted, after, limit }: Page & { wanted: number }, { indexedBy }) =>
    sql<PendingMember>`
      SELECT membership.member_id AS member, link.target_id AS "targetId"
      FROM membership ${indexedBy('membership_pending')} CROSS JOIN link
      WHERE membership.application = ${application} AND group_id = ${group} AND member_id > ${after}
        AND wanted <> present AND linked = 1 AND wanted = ${wanted}
        AND link.application = ${application} AND link.type = member_type AND link.id = member_id
        AND EXISTS (SELECT 1 FROM link WHERE application = ${application} AND type = 'Group' AND id = ${group})
      ORDER BY member_id LIMIT ${limitTo(limit)}`.compile(db),
);

const presentOfGroup = statement((db, { application, group, after, limit }: Page) =>
  sql<{ id: string }>`
    SELECT member_id AS id FROM membership
    WHERE application = ${application} AND group_id = ${group} AND member_id > ${after} AND present = 1
    ORDER BY member_id LIMIT ${limitTo(limit)}`.compile(db),
);

const rowsOfGroup = statement((db, { application, group, after, limit }: Page) =>
  sql<{ id: string; type: string; wanted: number }>`
    SELECT member_id AS id, member_type AS type, wanted FROM membership
    WHERE application = ${application} AND group_id = ${group} AND member_id > ${after}
    ORDER BY member_id LIMIT ${limitTo(limit)}`.compile(db),
);

/** Searches the index for one group after the other, however many rows each one has. */
const pendingGroups = statement((db, { application, after, limit }: Omit<Page, 'group'>, { indexedBy }) => {
  const first = (behind: unknown) => sql`(
      SELECT group_id FROM membership ${indexedBy('membership_pending')}
      WHERE application = ${application} AND group_id > ${behind} AND wanted <> present AND linked = 1
      ORDER BY group_id LIMIT 1
    )`;
  return sql<{ id: string }>`
      WITH RECURSIVE pending(id) AS (
        SELECT ${first(after)}
        UNION ALL SELECT ${first(sql`pending.id`)} FROM pending WHERE pending.id IS NOT NULL
      )
      SELECT pending.id FROM pending WHERE pending.id IS NOT NULL AND EXISTS (
        SELECT 1 FROM link WHERE application = ${application} AND type = 'Group' AND link.id = pending.id
      )
      LIMIT ${limitTo(limit)}`.compile(db);
});

/** All rows of a group, a page at a time. */
export async function* walkGroup(
  statements: Statements,
  application: number,
  group: string,
): AsyncGenerator<{ id: string; type: string; wanted: number }[]> {
  for (let after = ''; ; ) {
    const page = await rowsOfGroup.all(statements, { application, group, after, limit: STEP });
    yield page;
    if (page.length < STEP) return;
    after = page.at(-1)?.id ?? after;
  }
}

export function pageOfPending(
  statements: Statements,
  application: number,
  group: string,
  what: 'add' | 'remove',
  after: string,
  limit: number,
): Promise<PendingMember[]> {
  return pendingOfGroup.all(statements, { application, group, wanted: what === 'add' ? 1 : 0, after, limit });
}

export async function pageOfPresent(
  statements: Statements,
  application: number,
  group: string,
  after: string,
  limit: number,
): Promise<string[]> {
  return (await presentOfGroup.all(statements, { application, group, after, limit })).map(({ id }) => id);
}

export async function pageOfPendingGroups(
  statements: Statements,
  application: number,
  after: string,
  limit: number,
): Promise<string[]> {
  return (await pendingGroups.all(statements, { application, after, limit })).map(({ id }) => id);
}
