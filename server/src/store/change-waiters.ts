/** Who waits for changes of an identity server, and who is told of all. */
export interface ChangeWaiters {
  /** Resolves when `tell` names the server, or after `ms`, or when the signal aborts. */
  wait(server: number, ms: number, signal?: AbortSignal): Promise<void>;
  watch(listener: (server: number) => void): void;
  tell(server: number): void;
  /** The servers that somebody waits for. */
  waited(): number[];
}

export function createChangeWaiters(): ChangeWaiters {
  const waiting = new Map<number, Set<() => void>>();
  const watching: ((server: number) => void)[] = [];
  return {
    wait(server, ms, signal) {
      if (signal?.aborted) return Promise.resolve();
      return new Promise((resolve) => {
        const waiters = waiting.get(server) ?? new Set();
        waiting.set(server, waiters);
        const done = () => {
          clearTimeout(timer);
          signal?.removeEventListener('abort', done);
          waiters.delete(done);
          if (waiters.size === 0 && waiting.get(server) === waiters) waiting.delete(server);
          resolve();
        };
        const timer = setTimeout(done, ms);
        signal?.addEventListener('abort', done);
        waiters.add(done);
      });
    },
    watch: (listener) => void watching.push(listener),
    tell(server) {
      for (const done of [...(waiting.get(server) ?? [])]) done();
      for (const listener of watching) listener(server);
    },
    waited: () => [...waiting.keys()],
  };
}
