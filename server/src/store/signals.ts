/** What a hint is about. */
export type SignalTopic = (typeof SIGNAL_TOPICS)[number];

export const SIGNAL_TOPICS = ['settings', 'changes', 'application', 'log', 'jobs', 'overview'] as const;

/**
 * Hints between the processes that share a database: that there is something new to read. They come twice, late, or
 * (when a connection was lost) not at all, so that whoever follows them also looks by itself now and then.
 */
export interface Signals {
  /** Tells all processes, this one included. `subject` says which one: a key, a slug. Never throws, never waits. */
  publish(topic: SignalTopic, subject: string): void;
  /** `subject` is empty after a time in which hints may have been lost. Returns what ends it. */
  subscribe(topic: SignalTopic, listener: (subject: string) => void): () => void;
}

/** Hands hints on within this process. */
export function createSignals(): Signals & { deliver(topic: SignalTopic, subject: string): void } {
  const listeners = new Map<SignalTopic, Set<(subject: string) => void>>();
  const deliver = (topic: SignalTopic, subject: string) => {
    for (const listener of [...(listeners.get(topic) ?? [])]) listener(subject);
  };
  return {
    publish: deliver,
    deliver,
    subscribe(topic, listener) {
      const known = listeners.get(topic) ?? new Set();
      listeners.set(topic, known.add(listener));
      return () => void known.delete(listener);
    },
  };
}
