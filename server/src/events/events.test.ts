import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Hint } from '../contract/event.ts';
import { createEvents } from './events.ts';

const LOG: Hint = { event: 'log', identityServer: 'entra' };
const OTHER: Hint = { event: 'log', identityServer: 'okta' };
const OVERVIEW: Hint = { event: 'overview' };

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

function heard() {
  const events = createEvents();
  const hints: Hint[] = [];
  const unsubscribe = events.subscribe((hint) => hints.push(hint));
  return { events, hints, unsubscribe, of: (wanted: Hint['event']) => hints.filter(({ event }) => event === wanted) };
}

describe('hints', () => {
  it('go out at once, and the overview has changed as well', () => {
    const { events, hints } = heard();
    events.publish(LOG);
    expect(hints).toEqual([LOG, OVERVIEW]);
  });

  it('are at most two a second about one subject, and the last is never lost', () => {
    const { events, of } = heard();
    for (let n = 0; n < 1000; n++) {
      events.publish(LOG);
      vi.advanceTimersByTime(10);
    }
    // Ten seconds: one at the beginning, and one at the end of each half second.
    expect(of('log').length).toBe(21);
    events.publish(LOG);
    expect(of('log').length).toBe(21);
    vi.advanceTimersByTime(10_000);
    expect(of('log').length).toBe(22);
  });

  it('about the overview are one in two seconds', () => {
    const { events, of } = heard();
    for (let n = 0; n < 100; n++) {
      events.publish(LOG);
      vi.advanceTimersByTime(100);
    }
    expect(of('overview').length).toBe(6);
  });

  it('about other subjects do not wait for each other', () => {
    const { events, of } = heard();
    events.publish(LOG);
    events.publish(OTHER);
    events.publish({ event: 'changes', identityServer: 'entra' });
    events.publish({ event: 'application', application: 'entra' });
    expect(of('log')).toEqual([LOG, OTHER]);
    expect(of('changes').length + of('application').length).toBe(2);
  });

  it('go nowhere when nobody listens, and keep nothing for who comes later', () => {
    const events = createEvents();
    events.publish(LOG);
    expect(events.isHeard()).toBe(false);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('end when their listener goes', () => {
    const { events, hints, unsubscribe } = heard();
    events.publish(LOG);
    events.publish(LOG);
    unsubscribe();
    vi.advanceTimersByTime(10_000);
    expect(hints.length).toBe(2);
    expect(vi.getTimerCount()).toBe(0);
  });
});
