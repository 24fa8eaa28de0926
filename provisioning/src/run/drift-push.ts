import type { Json } from '@rollcall/scim';
import type { Escrow, Link, Settlement } from '../journal.ts';
import type { DriftItem } from '../plan/drift.ts';
import { isEmpty } from '../plan/same-value.ts';
import type { Look } from './drift-look.ts';
import type { World } from './world.ts';

/**
 * Makes the next cycle bring about again what these items differ in: the link forgets that it was sent and notes what
 * was found, and the object is due at once, however the process ends. Of an object that is missing the link goes, so
 * that it is matched or created anew. To be called with the object's lock.
 */
export async function pushAgain(world: World, look: Look, items: readonly DriftItem[]): Promise<void> {
  const { link } = look;
  const entryEscrow = dueNow(world, link, items);
  if (items.some(({ kind }) => kind === 'missing')) {
    await world.journal.settle([{ type: link.type, id: link.id, link: null, entryEscrow, referenceEscrow: null }]);
    return;
  }
  const { members } = look;
  const ofMembers = members !== undefined && items.some(({ kind }) => kind === 'members') ? members : undefined;
  const values = items.filter(({ kind }) => kind !== 'members');
  const settlement: Settlement = {
    type: link.type,
    id: link.id,
    link: { ...forgetting(link, look, values), ...(ofMembers?.foreign === true ? { membersVersion: 0 } : {}) },
    entryEscrow,
    ...(ofMembers === undefined ? {} : { membersRemoved: ofMembers.missing }),
  };
  // First: what is there and not wanted is taken away only where it is known to be there.
  if (ofMembers !== undefined && ofMembers.extra.length > 0) await world.journal.noteMembers(link.id, ofMembers.extra);
  await world.journal.settle([settlement]);
}

function forgetting(link: Link, { read }: Look, items: readonly DriftItem[]): Link {
  const sent = new Map<string, Json>(link.sent);
  const echoed = new Map<string, Json>(link.echoed);
  for (const { path } of items) {
    const found = read?.get(path) ?? null;
    sent.delete(path);
    if (isEmpty(found)) echoed.delete(path);
    else echoed.set(path, found);
  }
  // Somebody has enabled it: it is to be disabled once more.
  const state = items.some(({ kind }) => kind === 'enabled') ? 'active' : link.state;
  return { ...link, sent, echoed, state };
}

function dueNow(world: World, { type, id }: Link, items: readonly DriftItem[]): Escrow {
  const now = world.now();
  const message = `${items.map(({ path }) => path).join(', ')} differed in the target.`;
  return { type, id, kind: 'entry', code: 'Drifted', message, attempts: 0, firstAt: now, nextAt: now };
}
