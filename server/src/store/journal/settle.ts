import { setImmediate as nextTurn } from 'node:timers/promises';
import { keyText, type Link, type ObjectKey, type Settlement } from '@rollcall/provisioning';
import { createPipeline, type Pipeline } from '../pipeline.ts';
import type { Statements } from '../statements.ts';
import { writeEscrows } from './escrows.ts';
import { endIntents } from './intents.ts';
import { addLinks, claimTargets, removeLinks, replaceLinks } from './links.ts';
import { lockIds, lockMemberships, lockReferences } from './locks.ts';
import { changePresent, moveMemberships } from './memberships.ts';
import { appendRecords } from './records.ts';
import { addReferences, dropReferences, type Moved, moveReferences } from './references.ts';
import { forgetStaged, writeStaged } from './staged.ts';
import { noteOutcomes, noteRemovals } from './window.ts';

/** Settlements that are stored together: in SQLite about 10 ms of work, after which others get their turn. */
const AT_A_TIME = { sqlite: 100, postgres: 1000 } as const;

/** Stores what follows from calls and decisions, in order; a body of a transaction, so all of it or nothing. */
export async function settle(
  statements: Statements,
  application: number,
  settlements: readonly Settlement[],
): Promise<void> {
  const pipeline = createPipeline();
  const targets = await claim(statements, application, settlements, pipeline);
  let isFirst = true;
  for (const wave of wavesOf(settlements, AT_A_TIME[statements.dialect])) {
    if (!isFirst) await nextTurn();
    isFirst = false;
    await settleWave(statements, application, wave, targets, pipeline);
  }
  await pipeline.answered();
}

/** Locks what the settlements touch besides their own rows; where the objects are found before them, by `keyText`. */
async function claim(
  statements: Statements,
  application: number,
  settlements: readonly Settlement[],
  pipeline: Pipeline,
): Promise<Map<string, string>> {
  const linking = settlements.filter(({ link }) => link !== undefined);
  const targets = await claimTargets(statements, application, linking);
  if (statements.dialect === 'sqlite') return targets;
  const moved = linking.filter((each) => each.link == null || targets.get(keyText(each)) !== each.link.targetId);
  const referring = settlements.filter(({ link, references }) => link === null || references !== undefined);
  const looking = settlements.flatMap(({ references = [], membersAdded = [] }) => [
    ...references.map(({ wanted }) => wanted),
    ...membersAdded,
  ]);
  const idsOf = (keys: readonly ObjectKey[]) => keys.map(({ id }) => id);
  const groups = moved.filter(({ type }) => type === 'Group');
  pipeline.send(lockIds(statements, application, { exclusive: idsOf(moved), shared: looking }));
  pipeline.send(lockReferences(statements, application, idsOf(referring), idsOf(moved)));
  pipeline.send(lockMemberships(statements, application, idsOf(moved), idsOf(groups)));
  return targets;
}

/**
 * Cuts settlements into runs that come to the same stored table by table as stored one by one: no object is in one twice,
 * and none is linked after the members of a group were changed.
 */
function* wavesOf(settlements: readonly Settlement[], most: number): Generator<readonly Settlement[]> {
  let wave: Settlement[] = [];
  let ids = new Set<string>();
  let hasMembers = false;
  for (const settlement of settlements) {
    const { id, link, membersAdded, membersRemoved } = settlement;
    if (wave.length === most || ids.has(id) || (hasMembers && link !== undefined)) {
      yield wave;
      [wave, ids, hasMembers] = [[], new Set(), false];
    }
    wave.push(settlement);
    ids.add(id);
    hasMembers ||= membersAdded !== undefined || membersRemoved !== undefined;
  }
  if (wave.length > 0) yield wave;
}

async function settleWave(
  statements: Statements,
  application: number,
  wave: readonly Settlement[],
  targets: Map<string, string>,
  pipeline: Pipeline,
): Promise<void> {
  const { send } = pipeline;
  const moved = settleLinks(statements, application, wave, targets, pipeline);
  const referring = wave.filter(({ link, references }) => link === null || references !== undefined);
  send(dropReferences(statements, application, referring));
  const references = referring.map((each) => ({ ...keyOf(each), references: each.references ?? [] }));
  send(addReferences(statements, application, references));
  if (moved.length > 0) {
    send(moveReferences(statements, application, moved));
    await moveMemberships(statements, application, moved, pipeline);
  }
  for (const { id, membersAdded = [], membersRemoved = [] } of wave) {
    if (membersAdded.length === 0 && membersRemoved.length === 0) continue;
    await changePresent(statements, application, id, membersAdded, membersRemoved, pipeline);
  }
  settleRest(statements, application, wave, pipeline);
}

/** Writes and removes links; those whose objects are found elsewhere in the target than before, or not any more. */
function settleLinks(
  statements: Statements,
  application: number,
  wave: readonly Settlement[],
  targets: Map<string, string>,
  { send }: Pipeline,
): readonly Moved[] {
  const [added, replaced, removed]: [Link[], Link[], ObjectKey[]] = [[], [], []];
  const moved: Moved[] = [];
  for (const settlement of wave) {
    const { link } = settlement;
    if (link === undefined) continue;
    const text = keyText(settlement);
    const before = targets.get(text);
    if (link === null) {
      removed.push(settlement);
      targets.delete(text);
    } else {
      (before === undefined ? added : replaced).push(link);
      targets.set(text, link.targetId);
    }
    if (link === null || before !== link.targetId) moved.push({ ...keyOf(settlement), target: link?.targetId ?? null });
  }
  send(removeLinks(statements, application, removed));
  send(addLinks(statements, application, added));
  send(replaceLinks(statements, application, replaced));
  return moved;
}

/** What stands in rows of the objects' own. */
function settleRest(
  statements: Statements,
  application: number,
  wave: readonly Settlement[],
  { send }: Pipeline,
): void {
  const escrows = wave.flatMap((each) => [
    ...(each.entryEscrow === undefined ? [] : [{ ...keyOf(each), kind: 'entry', escrow: each.entryEscrow } as const]),
    ...(each.referenceEscrow === undefined
      ? []
      : [{ ...keyOf(each), kind: 'reference', escrow: each.referenceEscrow } as const]),
  ]);
  send(writeEscrows(statements, application, escrows));
  const unstaged = wave.filter(({ staged }) => staged === null);
  send(forgetStaged(statements, application, unstaged));
  const staged = wave.flatMap((each) => (each.staged == null ? [] : [{ ...each.staged, ...keyOf(each) }]));
  send(writeStaged(statements, application, staged));
  const removals = wave.flatMap((each) =>
    each.removedAt === undefined ? [] : [{ ...keyOf(each), at: each.removedAt }],
  );
  send(noteRemovals(statements, application, removals));
  const done = wave.filter((each) => each.done === true);
  send(endIntents(statements, application, done));
  const records = wave.flatMap(({ record }) => record ?? []);
  send(appendRecords(statements, application, records));
  // Last: others may wait for a count.
  send(noteOutcomes(statements, application, wave));
}

const keyOf = ({ type, id }: ObjectKey): ObjectKey => ({ type, id });
