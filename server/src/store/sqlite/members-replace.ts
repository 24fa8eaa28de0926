import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Member } from '@rollcall/scim';
import { sql } from 'kysely';
import type { StoredResource } from '../contract.ts';
import { memberPair } from '../member-pair.ts';
import type { MembershipLedger } from '../membership-ledger.ts';
import { inSteps, STEP } from '../steps.ts';
import { compiled, limitTo, ONE } from './compiled.ts';
import type { Connection } from './connection.ts';
import { reportUnknown } from './members-add.ts';

/** Where the writing connection keeps the membership that a replace asks for; empty between two of them. */
export const WANTED_TABLE = `
  CREATE TEMP TABLE wanted (seq INTEGER PRIMARY KEY, id TEXT NOT NULL, type TEXT NOT NULL, sent TEXT) STRICT`;

const clearWanted = compiled((db, _: Record<never, never>) => sql`DELETE FROM temp.wanted`.compile(db));

const addWanted = compiled((db, { group, server, members }: { group: number; server: number; members: string }) =>
  sql`
      INSERT INTO temp.wanted (seq, id, type, sent)
      SELECT resource.seq, resource.id, resource.type, member.value ->> 1
      FROM json_each(${members}) AS member CROSS JOIN resource
      WHERE resource.server = ${server} AND resource.id = member.value ->> 0 AND resource.seq <> ${group}
      ON CONFLICT DO NOTHING`.compile(db),
);

/** The last member of the step that begins after `after`. */
const endOfMemberStep = compiled((db, { group, after, last }: { group: number; after: number; last: number }) =>
  db
    .selectFrom('member')
    .select('member_seq as seq')
    .where('group_seq', '=', group)
    .where('member_seq', '>', after)
    .orderBy('member_seq')
    .limit(ONE)
    .offset(limitTo(last))
    .compile(),
);

interface Step {
  readonly group: number;
  readonly after: number;
  readonly until: number;
}

const deleteUnwanted = compiled((db, { group, after, until }: Step) =>
  sql<{ id: string }>`
      DELETE FROM member
      WHERE group_seq = ${group} AND member_seq > ${after} AND member_seq <= ${until}
        AND NOT EXISTS (SELECT 1 FROM temp.wanted WHERE wanted.seq = member.member_seq)
      RETURNING member_id AS id`.compile(db),
);

/** What a client sends with a member that stays takes the place of what it sent before. */
const updateSent = compiled((db, { group, after, until }: Step) =>
  sql`
      UPDATE member SET sent = wanted.sent FROM temp.wanted
      WHERE member.group_seq = ${group} AND member.member_seq > ${after} AND member.member_seq <= ${until}
        AND wanted.seq = member.member_seq AND wanted.sent IS NOT member.sent`.compile(db),
);

const endOfWantedStep = compiled((db, { after, last }: { after: number; last: number }) =>
  sql<{ seq: number }>`
      SELECT seq FROM temp.wanted WHERE seq > ${after} ORDER BY seq LIMIT 1 OFFSET ${limitTo(last)}`.compile(db),
);

const insertWanted = compiled((db, { group, after, until }: Step) =>
  sql<{ id: string }>`
      INSERT INTO member (group_seq, member_seq, member_id, member_type, sent)
      SELECT ${group}, seq, id, type, sent FROM temp.wanted WHERE seq > ${after} AND seq <= ${until}
      ON CONFLICT DO NOTHING
      RETURNING member_id AS id`.compile(db),
);

/** Makes the membership exactly `members`: what differs is deleted and inserted, the rest is not touched. */
export async function replaceMembers(
  connection: Connection,
  group: StoredResource,
  members: readonly Member[],
  ledger: MembershipLedger,
): Promise<void> {
  const { seq, server } = group;
  clearWanted.run(connection, {});
  await inSteps(members, (piece) => {
    const wanted = { group: seq, server, members: JSON.stringify(piece.map(memberPair)) };
    const { changes } = addWanted.run(connection, wanted);
    if (changes < piece.length) reportUnknown(connection, server, piece, ledger.unknown);
  });
  const endOfMembers = (after: number) => endOfMemberStep.first(connection, { group: seq, after, last: STEP - 1 });
  await stepwise(endOfMembers, (after, until) => {
    const step = { group: seq, after, until };
    for (const { id } of deleteUnwanted.all(connection, step)) ledger.removed(id);
    updateSent.run(connection, step);
  });
  const endOfWanted = (after: number) => endOfWantedStep.first(connection, { after, last: STEP - 1 });
  await stepwise(endOfWanted, (after, until) => {
    for (const { id } of insertWanted.all(connection, { group: seq, after, until })) ledger.added(id);
  });
  clearWanted.run(connection, {});
}

/** Walks rows in order of seq, a step at a time; `endAfter` finds where a whole step after a seq ends. */
async function stepwise(
  endAfter: (after: number) => { seq: number } | undefined,
  step: (after: number, until: number) => void,
): Promise<void> {
  let after = 0;
  for (let end = endAfter(after); end !== undefined; end = endAfter(after)) {
    step(after, end.seq);
    after = end.seq;
    await nextTurn();
  }
  step(after, Number.MAX_SAFE_INTEGER);
}
