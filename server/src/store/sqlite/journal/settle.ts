import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Settlement } from '@rollcall/provisioning';
import type { Connection } from '../connection.ts';
import { writeEscrow } from './escrows.ts';
import { endIntent } from './intents.ts';
import { removeLink, writeLink } from './links.ts';
import { changePresent, moveMemberships } from './memberships.ts';
import { appendRecord } from './records.ts';
import { moveReferencesTo, replaceReferences } from './references.ts';
import { writeStaged } from './staged.ts';
import { noteOutcome, noteRemoval } from './window.ts';

/** Settlements after which others get their turn: about 10 ms of work. */
const AT_A_TIME = 100;

/** Stores what follows from calls and decisions, in order; a body of the group commit, so all of it or nothing. */
export async function settle(
  connection: Connection,
  application: number,
  settlements: readonly Settlement[],
): Promise<void> {
  for (const [index, settlement] of settlements.entries()) {
    if (index > 0 && index % AT_A_TIME === 0) await nextTurn();
    await settleOne(connection, application, settlement);
  }
}

async function settleOne(connection: Connection, application: number, settlement: Settlement): Promise<void> {
  const { id, references, membersAdded, membersRemoved, entryEscrow, referenceEscrow, staged } = settlement;
  await settleLink(connection, application, settlement);
  if (references !== undefined) replaceReferences(connection, application, settlement, references);
  if (membersAdded !== undefined || membersRemoved !== undefined) {
    await changePresent(connection, application, id, membersAdded ?? [], membersRemoved ?? []);
  }
  if (entryEscrow !== undefined) writeEscrow(connection, application, settlement, 'entry', entryEscrow);
  if (referenceEscrow !== undefined) writeEscrow(connection, application, settlement, 'reference', referenceEscrow);
  if (staged !== undefined) writeStaged(connection, application, settlement, staged);
  if (settlement.removedAt !== undefined) noteRemoval(connection, application, settlement, settlement.removedAt);
  if (settlement.done === true) endIntent(connection, application, settlement);
  if (settlement.record !== undefined) appendRecord(connection, application, settlement.record);
  noteOutcome(connection, application, settlement);
}

/** Writes or removes the link, and tells whatever hangs on where the object is found in the target. */
async function settleLink(connection: Connection, application: number, settlement: Settlement): Promise<void> {
  const { id, link } = settlement;
  if (link === undefined) return;
  if (link === null) {
    replaceReferences(connection, application, settlement, []);
    removeLink(connection, application, settlement);
  } else if (!writeLink(connection, application, link)) {
    return;
  }
  moveReferencesTo(connection, application, id, link?.targetId);
  await moveMemberships(connection, application, settlement, link !== null);
}
