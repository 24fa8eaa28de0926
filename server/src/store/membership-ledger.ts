import type { MembershipResult } from './contract.ts';

/** Where the operations on a group leave what they did. */
export interface MembershipLedger {
  added(id: string): void;
  removed(id: string): void;
  unknown(id: string): void;
  /** The difference between before and after, not the sum of the steps. */
  result(): MembershipResult;
}

export function openLedger(): MembershipLedger {
  const added = new Set<string>();
  const removed = new Set<string>();
  const unknown = new Set<string>();
  return {
    added: (id) => {
      if (!removed.delete(id)) added.add(id);
    },
    removed: (id) => {
      if (!added.delete(id)) removed.add(id);
    },
    unknown: (id) => unknown.add(id),
    result: () => ({ added: [...added], removed: [...removed], unknown: [...unknown] }),
  };
}
