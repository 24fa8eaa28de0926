import { sql } from 'kysely';
import { statement } from '../statement.ts';
import type { Access, Statements } from '../statements.ts';
import { LeaseLost } from '../work-contract.ts';

interface Fence {
  readonly application: number;
  readonly fence: number;
}

// Locked until the transaction ends: whoever takes the lease over meanwhile waits for what is written under it.
const held = statement((db, { application, fence }: Fence, { dialect }) =>
  sql<{ fence: number }>`
    SELECT fence FROM application_lease WHERE application = ${application} AND fence = ${fence}
    ${dialect === 'sqlite' ? sql`` : sql`FOR SHARE`}`.compile(db),
);

/** What a transaction for an application awaits first: throws LeaseLost when another process has taken the lease. */
export function fenced(application: number, fence: number): (statements: Statements) => Promise<void> {
  return async (statements) => {
    if ((await held.first(statements, { application, fence })) === undefined) {
      throw new LeaseLost('Another process works for the application now.');
    }
  };
}

/** The same access, whose writes throw LeaseLost when the lease has another fence by now; as it is, without a fence. */
export function underFence(access: Access, application: number, fence: number | undefined): Access {
  if (fence === undefined) return access;
  const check = fenced(application, fence);
  return {
    read: access.read,
    write: (body) =>
      access.write(async (statements) => {
        await check(statements);
        return body(statements);
      }),
  };
}
