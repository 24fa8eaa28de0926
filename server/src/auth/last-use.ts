import type { Settings } from '../store/contract.ts';
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
    // All at once: they share a commit, and whoever wants to revoke a token waits for one sync instead of hundreds. And
    // to the last one: a write that went on beyond this change could undo the revocation that comes after it.
    await registry.change((settings) =>
      Promise.all(
        unwritten.map(async ([id, use]) => {
          // Before it is written: a use that is noted in between must not count as written.
          use.written = true;
          await write(settings, registry, id, use).catch(() => {
            // It is tried again a minute later; a request must not fail for it.
            use.written = false;
          });
        }),
      ),
    );
  }

  const timer = setInterval(() => {
    // Fails when the settings cannot be read again; the next change reads them.
    flush().catch(() => undefined);
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
      await flush().catch(() => undefined);
    },
  };
}

// Read inside the registry's change: a token revoked meanwhile stays revoked.
async function write(settings: Settings, registry: Registry, id: string, use: Use): Promise<void> {
  const last = { lastUsed: use.at, lastUsedFrom: use.from };
  if (use.kind === 'token') {
    const token = registry.token(id);
    if (token !== undefined) await settings.saveToken({ ...token, ...last });
    return;
  }
  const token = registry.apiToken(id);
  if (token !== undefined) await settings.saveApiToken({ ...token, ...last });
}
