import type { Signals } from '../store/signals.ts';
import { createEvents, type Events } from './events.ts';

export interface SharedEvents {
  /** Who listens is here; what is published reaches the listeners of all processes. */
  readonly events: Events;
  close(): void;
}

/**
 * Hints for the consoles that other processes serve; `here` has this one's listeners. Hints about one subject are
 * gathered before they go out, too. Those about an identity server come by the change feed and the request log.
 */
export function shareEvents(here: Events, signals: Signals): SharedEvents {
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
  ];

  return {
    events: {
      isHeard: () => true,
      listeners: here.listeners,
      publish: outgoing.publish,
      subscribe: here.subscribe,
      close: outgoing.close,
    },
    close() {
      for (const end of ends) end();
      outgoing.close();
    },
  };
}
