import type { Signals } from '../store/signals.ts';
import { createEvents, type Events } from './events.ts';

/** Milliseconds after which a request is in the log of the database, and others find it there. */
const LOGGED = 500;

export interface SharedEvents {
  /** Who listens is here; what is published reaches the listeners of all processes. */
  readonly events: Events;
  /** Tells the others that the request log of an identity server has something new. */
  logged(server: number | null): void;
  close(): void;
}

/**
 * Hints for the consoles that other processes serve. `here` has this one's listeners; `announce` tells them what
 * happens at an identity server, by its key. Hints about one subject are gathered before they go out, too.
 */
export function shareEvents(
  here: Events,
  signals: Signals,
  announce: (event: 'log', server: number | null) => void,
): SharedEvents {
  const outgoing = createEvents();
  outgoing.subscribe((hint) => {
    if (hint.event === 'application') signals.publish('application', hint.application);
    if (hint.event === 'overview') signals.publish('overview', '');
  });
  const ends = [
    signals.subscribe('application', (application) => {
      if (application !== '') here.publish({ event: 'application', application });
    }),
    // Also where a hint may have been lost: a page that looks again for nothing does no harm.
    signals.subscribe('overview', () => here.publish({ event: 'overview' })),
    signals.subscribe('log', (server) => announce('log', server === '' ? null : Number(server))),
  ];

  const waiting = new Set<number>();
  let timer: NodeJS.Timeout | undefined;
  const tell = (): void => {
    timer = undefined;
    for (const server of waiting) signals.publish('log', String(server));
    waiting.clear();
  };

  return {
    events: {
      isHeard: () => true,
      listeners: here.listeners,
      publish: outgoing.publish,
      subscribe: here.subscribe,
      close: outgoing.close,
    },
    logged(server) {
      if (server === null) return;
      waiting.add(server);
      timer ??= setTimeout(tell, LOGGED).unref();
    },
    close() {
      clearTimeout(timer);
      for (const end of ends) end();
      outgoing.close();
    },
  };
}
