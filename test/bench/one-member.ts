import { patch } from '../harness/messages.ts';
import type { Message } from './connections.ts';
import type { FilledUser } from './operations.ts';

/** Members that are in a group at a time, on top of those it was made with. */
const GUESTS = 32;

/** Adds a stranger to one of the groups, or takes out one who was added a while ago: the groups stay as big as they are. */
export function oneMember(strangers: readonly FilledUser[], groups: readonly string[], index: number): Message {
  const group = groups[index % groups.length];
  const place = Math.floor(index / groups.length);
  const turn = Math.floor(place / 2);
  const isAdd = place % 2 === 0;
  const stranger = strangers[(isAdd ? turn : turn + strangers.length - GUESTS) % strangers.length]?.id ?? '';
  // In small letters, as Jackson wants them.
  const operation = isAdd
    ? { op: 'add', path: 'members', value: [{ value: stranger }] }
    : { op: 'remove', path: `members[value eq "${stranger}"]` };
  return { method: 'PATCH', path: `/Groups/${group}`, body: JSON.stringify(patch(operation)) };
}
