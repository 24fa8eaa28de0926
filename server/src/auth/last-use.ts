import type { Registry } from './registry.ts';

const WRITE_EVERY = 60_000;

interface Use {
  readonly kind: 'token' | 'apiToken';
  at: number;
  from: string;
  written: boolean;
}

/** When and from where each token was last used: noted in memory, written once a minute, never while a request waits. */
export interface LastUse {
  note(kind: 'token' | 'apiToken', id: string, at: number, from: string): void;
  /** What has been noted since the start; older uses are in the store. */
  of(id: string): { readonly at: number; readonly from: string } | undefined;
  flush(): Promise<void>;
  close(): Promise<void>;
}

export function openLastUse(registry: Registry, every: number = WRITE_EVERY): LastUse {
  const uses = new Map<string, Use>();

  async function flush(): Promise<void> {
    const unwritten = [...uses].filter(([, use]) => !use.written);
    if (unwritten.length === 0) return;
    // Before they are written: a use that is noted in between must not count as written.
    for (const [, use] of unwritten) use.written = true;
    const noted = unwritten.map(([id, { kind, at, from }]) => ({ kind, id, at, from }));
    try {
      await registry.change((settings) => settings.noteUses(noted));
    } catch {
      // They are tried again a minute later; a request must not fail for it.
      for (const [, use] of unwritten) use.written = false;
    }
  }

  const timer = setInterval(() => {
    void flush();
  }, every);
  timer.unref();

  return {
    note(kind, id, at, from) {
      const use = uses.get(id);
      if (use === undefined) {
        uses.set(id, { kind, at, from, written: false });
        return;
      }
      use.at = at;
      use.from = from;
      use.written = false;
    },
    of: (id) => uses.get(id),
    flush,
    async close() {
      clearInterval(timer);
      await flush();
    },
  };
}
