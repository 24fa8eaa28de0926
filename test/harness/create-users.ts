import type { JsonObject } from '@rollcall/scim';
import { type ConnectionPool, inParallel } from '../harness/pool.ts';
import { textAt } from '../harness/value-at.ts';

/** Creates users, `count` of them, several at once; their ids in the order of their numbers. */
export async function createUsers(
  pool: ConnectionPool,
  count: number,
  user: (index: number) => JsonObject,
): Promise<string[]> {
  const ids: string[] = [];
  let next = 0;
  await inParallel(32, async () => {
    const index = next++;
    if (index >= count) return false;
    const answer = await pool.request('POST', '/Users', user(index));
    if (answer.status !== 201) throw new Error(`POST: ${answer.status} ${answer.text}`);
    ids[index] = textAt(answer.body, '$.id');
    return true;
  });
  return ids;
}
