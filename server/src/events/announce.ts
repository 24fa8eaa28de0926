import type { Registry } from '../auth/registry.ts';
import type { RequestLog } from '../request-log/contract.ts';
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
