import { keyText } from '../journal.ts';
import type { DriftJournal, DriftPass, StoredDrift, StoredDriftDecision } from './drift-journal.ts';

/** A drift journal in memory, and what it holds. */
export interface MemoryDriftJournal extends DriftJournal {
  /** Everything that is kept, as `type id path kind`. */
  all(): string[];
}

/** `isLinked` says whose drift a sweep leaves. */
export function memoryDriftJournal(isLinked: (key: string) => boolean = () => true): MemoryDriftJournal {
  const kept = new Map<string, readonly StoredDrift[]>();
  const decided = new Map<string, StoredDriftDecision>();
  let last: DriftPass | undefined;
  const everything = () => [...kept.values()].flat();
  return {
    all: () =>
      everything()
        .map(({ type, id, path, kind }) => `${type} ${id} ${path} ${kind}`)
        .sort(),
    async keep({ type, id, label, targetId }, items, now) {
      const before = kept.get(keyText({ type, id })) ?? [];
      const since = (path: string) => before.find((one) => one.path === path)?.since ?? now;
      const rows = items.map((item) => ({ ...item, type, id, label, targetId, since: since(item.path), seen: now }));
      kept.set(keyText({ type, id }), rows);
    },
    list: async ({ limit }) => ({ items: everything().slice(0, limit), next: undefined }),
    has: async (key) => (kept.get(keyText(key)) ?? []).length > 0,
    count: async () => ({
      objects: [...kept.values()].filter((rows) => rows.length > 0).length,
      items: everything().length,
    }),
    async dropPath(path) {
      for (const [key, rows] of kept) {
        kept.set(
          key,
          rows.filter((row) => row.path !== path),
        );
      }
    },
    async sweep() {
      for (const key of kept.keys()) if (!isLinked(key)) kept.delete(key);
    },
    decisions: async (key) => [...decided.values()].filter((one) => keyText(one) === keyText(key)),
    listDecisions: async (limit) => [...decided.values()].slice(0, limit),
    decide: async (decision) => void decided.set(`${keyText(decision)} ${decision.path}`, decision),
    undecide: async (key, path) => void decided.delete(`${keyText(key)} ${path}`),
    pass: async () => last,
    async savePass(pass) {
      last = pass;
    },
  };
}
