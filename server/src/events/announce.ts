import type { Registry } from '../auth/registry.ts';
import type { RequestLog } from '../request-log/contract.ts';
import type { Signals } from '../store/signals.ts';
import type { Events } from './events.ts';

/** Says what happens at an identity server, which is known by its key here. Costs nothing while nobody listens. */
export const announceAt =
  (events: Events, registry: Registry) =>
  (event: 'log' | 'changes', server: number | null): void => {
    if (!events.isHeard() || server === null) return;
    const slug = registry.byKey(server)?.slug;
    if (slug !== undefined) events.publish({ event, identityServer: slug });
  };

/** The same request log, which says what it was given; a search finds it from then on. */
export function announcedLog(log: RequestLog, announce: (server: number | null) => void): RequestLog {
  return {
    ...log,
    record(entry) {
      log.record(entry);
      announce(entry.server);
    },
  };
}

/** Milliseconds between two hints of a process: by then, what it was given is stored. */
const HINT_INTERVAL = 1000;

/**
 * The same request log, which tells the other processes, once in a while, whose requests it was given: in their consoles
 * new ones appear as well. Its signals' subject is an identity server's key.
 */
export function hintedLog(log: RequestLog, signals: Pick<Signals, 'publish'>): RequestLog {
  const servers = new Set<number>();
  let timer: NodeJS.Timeout | undefined;
  const publish = (): void => {
    timer = undefined;
    for (const server of servers) signals.publish('log', String(server));
    servers.clear();
  };
  return {
    ...log,
    record(entry) {
      log.record(entry);
      if (entry.server === null) return;
      servers.add(entry.server);
      timer ??= setTimeout(publish, HINT_INTERVAL).unref();
    },
    async close() {
      clearTimeout(timer);
      await log.close();
    },
  };
}
