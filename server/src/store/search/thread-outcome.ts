import { ScimError } from '@rollcall/scim';
import { BudgetExceeded } from '../contract.ts';
import type { ThreadReply } from './thread-message.ts';

/** What a thread replies when a search has thrown. */
export function thrownReply(error: unknown): ThreadReply {
  if (error instanceof BudgetExceeded) return { kind: 'exceeded' };
  if (error instanceof ScimError) {
    // Since the filter was checked, an administrator has taken away what it names.
    const { status, scimType, message } = error;
    return { kind: 'refused', status, scimType, detail: message };
  }
  return { kind: 'failure', error: error instanceof Error ? error : new Error(String(error)) };
}
