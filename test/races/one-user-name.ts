import { plainUser } from '../harness/messages.ts';
import type { ConnectionPool } from '../harness/pool.ts';
import { valueAt } from '../harness/value-at.ts';

export interface Outcome {
  readonly created: number;
  readonly conflicts: number;
  /** Everything else, as `status scimType`. */
  readonly others: readonly string[];
}

/** Sends as many POSTs of one userName at once, in different spellings of case. */
export async function createOneUserName(pool: ConnectionPool, userName: string, requests: number): Promise<Outcome> {
  const spellings = [userName, userName.toUpperCase(), userName.replace(/^./, (first) => first.toUpperCase())];
  const answers = await Promise.all(
    Array.from({ length: requests }, (_, index) =>
      pool.request('POST', '/Users', plainUser(spellings[index % spellings.length] ?? userName)),
    ),
  );
  const outcomes = answers.map(({ status, body }) => `${status} ${valueAt(body, '$.scimType') ?? ''}`.trim());
  return {
    created: outcomes.filter((outcome) => outcome === '201').length,
    conflicts: outcomes.filter((outcome) => outcome === '409 uniqueness').length,
    others: outcomes.filter((outcome) => outcome !== '201' && outcome !== '409 uniqueness'),
  };
}
