/** Which identity servers an import is writing into just now. */
export interface Imports {
  /** Marks the identity server (its key) as being imported into; what it returns ends that, and may be called twice. */
  begin(server: number): () => void;
  isRunning(server: number): boolean;
  /** Resolves when no import runs into the identity server, or when the signal aborts. */
  whenIdle(server: number, signal: AbortSignal): Promise<void>;
}

interface Run {
  readonly ended: Promise<void>;
}

/** Who reads a directory waits here, so that it sees an import whole: half of one looks like a mass removal. */
export function createImports(): Imports {
  const running = new Map<number, Set<Run>>();

  function begin(server: number): () => void {
    const { promise: ended, resolve } = Promise.withResolvers<void>();
    const run: Run = { ended };
    const runs = running.get(server) ?? new Set();
    running.set(server, runs.add(run));
    return () => {
      runs.delete(run);
      if (runs.size === 0 && running.get(server) === runs) running.delete(server);
      resolve();
    };
  }

  async function whenIdle(server: number, signal: AbortSignal): Promise<void> {
    const aborted = new Promise<void>((resolve) => {
      if (signal.aborted) resolve();
      else signal.addEventListener('abort', () => resolve(), { once: true });
    });
    while (!signal.aborted) {
      const runs = running.get(server);
      if (runs === undefined) return;
      await Promise.race([aborted, ...[...runs].map((run) => run.ended)]);
    }
  }

  return { begin, isRunning: (server) => running.has(server), whenIdle };
}
