import type { JsonObject } from '@rollcall/scim';
import { patch } from '../harness/messages.ts';
import type { ConnectionPool } from '../harness/pool.ts';
import type { Random } from '../harness/random.ts';

/** One client's part of a group: members that nobody else touches, and which of them should be in it. */
interface Part {
  readonly ids: readonly string[];
  readonly inside: Set<string>;
}

/** The shapes in which clients add and remove members, each on its own line of the wire. */
const ADD = [
  (ids: readonly string[]): JsonObject => ({ op: 'add', path: 'members', value: ids.map((value) => ({ value })) }),
  (ids: readonly string[]): JsonObject => ({ op: 'add', value: { members: ids.map((value) => ({ value })) } }),
  (ids: readonly string[]): JsonObject => ({ op: 'Add', path: 'members', value: ids.map((value) => ({ value })) }),
];
const REMOVE = [
  (ids: readonly string[]): JsonObject => ({ op: 'remove', path: 'members', value: ids.map((value) => ({ value })) }),
  (ids: readonly string[]): JsonObject => ({
    op: 'remove',
    path: `members[${ids.map((id) => `value eq "${id}"`).join(' or ')}]`,
  }),
];

/**
 * Each client adds and removes its own members of one group with PATCH, `rounds` times, all at once. Returns the ids
 * that must be in the group then. Throws on an answer other than 200 or 204.
 */
export async function changeMembers(
  pool: ConnectionPool,
  group: string,
  parts: readonly (readonly string[])[],
  rounds: number,
  random: Random,
): Promise<string[]> {
  const all = parts.map((ids): Part => ({ ids, inside: new Set() }));
  await Promise.all(
    all.map(async (part) => {
      for (let round = 0; round < rounds; round++) {
        const chosen = part.ids.filter(() => random.chance(0.2));
        const added = chosen.filter((id) => !part.inside.has(id));
        const removed = chosen.filter((id) => part.inside.has(id));
        const operations = [
          ...(added.length > 0 ? [random.pick(ADD)(added)] : []),
          ...(removed.length > 0 ? [random.pick(REMOVE)(removed)] : []),
        ];
        if (operations.length === 0) continue;
        const answer = await pool.request('PATCH', `/Groups/${group}`, patch(...operations));
        if (answer.status !== 200 && answer.status !== 204) throw new Error(`PATCH: ${answer.status} ${answer.text}`);
        for (const id of added) part.inside.add(id);
        for (const id of removed) part.inside.delete(id);
      }
    }),
  );
  return all.flatMap((part) => [...part.inside]).toSorted();
}
