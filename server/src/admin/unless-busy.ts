import { ScimError } from '@rollcall/scim';
import { Problem } from './problem.ts';

/** What `hashing` resolves with. Errors: `too-many-requests` (503) when too many passwords wait to be hashed already. */
export async function unlessBusy<T>(hashing: Promise<T>): Promise<T> {
  try {
    return await hashing;
  } catch (error) {
    if (!(error instanceof ScimError) || error.status !== 503) throw error;
    throw new Problem('too-many-requests', error.message, { status: 503, headers: error.headers });
  }
}
