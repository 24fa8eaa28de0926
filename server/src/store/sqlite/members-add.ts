import type { Member } from '@rollcall/scim';
import { sql } from 'kysely';
import type { StoredResource } from '../contract.ts';
import { memberPair } from '../member-pair.ts';
import type { MembershipLedger } from '../membership-ledger.ts';
import { inSteps } from '../steps.ts';
import { compiled } from './compiled.ts';
import type { Connection } from './connection.ts';

/** `members` is JSON: `[[id, sent], ...]`. A group is never a member of itself. */
const insertMembers = compiled((db, { group, server, members }: { group: number; server: number; members: string }) =>
  sql<{ id: string }>`
      INSERT INTO member (group_seq, member_seq, member_id, member_type, sent)
      SELECT ${group}, resource.seq, resource.id, resource.type, wanted.value ->> 1
      FROM json_each(${members}) AS wanted CROSS JOIN resource
      WHERE resource.server = ${server} AND resource.id = wanted.value ->> 0 AND resource.seq <> ${group}
      ON CONFLICT DO NOTHING
      RETURNING member_id AS id`.compile(db),
);

const idsOfNothing = compiled((db, { server, ids }: { server: number; ids: string }) =>
  sql<{ id: string }>`
      SELECT wanted.value AS id FROM json_each(${ids}) AS wanted
      WHERE NOT EXISTS (
        SELECT 1 FROM resource WHERE resource.server = ${server} AND resource.id = wanted.value
      )`.compile(db),
);

/** Adds members that are not there yet; those that are keep what was sent with them first. */
export async function addMembers(
  connection: Connection,
  group: StoredResource,
  members: readonly Member[],
  ledger: MembershipLedger,
): Promise<void> {
  const { seq, server } = group;
  await inSteps(members, (piece) => {
    const added = insertMembers.all(connection, { group: seq, server, members: JSON.stringify(piece.map(memberPair)) });
    for (const { id } of added) ledger.added(id);
    // When every one was new, every one was known.
    if (added.length < piece.length) reportUnknown(connection, server, piece, ledger.unknown);
  });
}

/** Calls `report` with each id that names no resource of the server. */
export async function unknownIds(
  connection: Connection,
  server: number,
  members: readonly Member[],
  report: (id: string) => void,
): Promise<void> {
  await inSteps(members, (piece) => reportUnknown(connection, server, piece, report));
}

export function reportUnknown(
  connection: Connection,
  server: number,
  members: readonly Member[],
  report: (id: string) => void,
): void {
  const ids = JSON.stringify(members.map((member) => member.value));
  for (const { id } of idsOfNothing.all(connection, { server, ids })) report(id);
}
