import type { Hint } from '../contract/event.ts';

/** Milliseconds between two hints about the same subject. The overview costs its readers more than the others. */
const PAUSE = 500;
const OVERVIEW_PAUSE = 2000;

const OVERVIEW: Hint = { event: 'overview' };

/** Hints for whoever watches: that something may have changed. Nothing is kept for who is not there. */
export interface Events {
  /** Whether anybody listens; asked before anything is done for a hint. */
  isHeard(): boolean;
  listeners(): number;
  /**
   * Tells all listeners, and that the overview has changed. The first hint about a subject goes out at once; those that
   * come within the pause after it become one at its end.
   */
  publish(hint: Hint): void;
  /** Calls `listener` with each hint until the function that is returned is called. */
  subscribe(listener: (hint: Hint) => void): () => void;
  /** Forgets what waits. */
  close(): void;
}

interface Pause {
  readonly timer: NodeJS.Timeout;
  again: boolean;
}

export function createEvents(): Events {
  const listeners = new Set<(hint: Hint) => void>();
  const pauses = new Map<string, Pause>();

  function tell(key: string, hint: Hint): void {
    const timer = setTimeout(
      () => {
        const pause = pauses.get(key);
        pauses.delete(key);
        if (pause?.again === true && listeners.size > 0) tell(key, hint);
      },
      hint.event === 'overview' ? OVERVIEW_PAUSE : PAUSE,
    );
    timer.unref();
    pauses.set(key, { timer, again: false });
    for (const listener of [...listeners]) listener(hint);
  }

  function offer(hint: Hint): void {
    const key = keyOf(hint);
    const pause = pauses.get(key);
    if (pause === undefined) tell(key, hint);
    else pause.again = true;
  }

  return {
    isHeard: () => listeners.size > 0,
    listeners: () => listeners.size,
    publish(hint) {
      if (listeners.size === 0) return;
      offer(hint);
      if (hint.event !== 'overview') offer(OVERVIEW);
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    close() {
      for (const { timer } of pauses.values()) clearTimeout(timer);
      pauses.clear();
      listeners.clear();
    },
  };
}

function keyOf(hint: Hint): string {
  switch (hint.event) {
    case 'log':
    case 'changes':
      return `${hint.event} ${hint.identityServer}`;
    case 'application':
      return `${hint.event} ${hint.application}`;
    case 'overview':
      return hint.event;
  }
}
