import { Writable } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { streamEvents } from './event-stream.ts';
import { createEvents, type Events } from './events.ts';

let events: Events;
let stop: AbortController;
beforeEach(() => {
  vi.useFakeTimers();
  events = createEvents();
  stop = new AbortController();
});
afterEach(() => {
  vi.useRealTimers();
});

const takesAll = () => {
  const taken: string[] = [];
  const out = new Writable({
    write(chunk, _encoding, done) {
      taken.push(String(chunk));
      done();
    },
  });
  return { out, taken };
};
const closed = (out: Writable) => new Promise((resolve) => out.once('close', resolve));

describe('a stream of events', () => {
  it('holds each hint as a named event with its subject', () => {
    const { out, taken } = takesAll();
    streamEvents(out, events, stop.signal, async () => true);
    events.publish({ event: 'application', application: 'crm' });
    expect(taken).toEqual([
      'retry: 3000\n\n',
      'event: application\ndata: {"application":"crm"}\n\n',
      'event: overview\ndata: {}\n\n',
    ]);
  });

  it('gives a sign of life every fifteen seconds', async () => {
    const { out, taken } = takesAll();
    streamEvents(out, events, stop.signal, async () => true);
    await vi.advanceTimersByTimeAsync(45_000);
    expect(taken.filter((text) => text === ': here\n\n').length).toBe(3);
  });

  it('ends when its reader may not read any more', async () => {
    const { out } = takesAll();
    let allowed = true;
    streamEvents(out, events, stop.signal, async () => allowed);
    await vi.advanceTimersByTimeAsync(15_000);
    expect(events.listeners()).toBe(1);
    allowed = false;
    const end = closed(out);
    await vi.advanceTimersByTimeAsync(15_000);
    await end;
    expect(events.listeners()).toBe(0);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('ends when the server stops', async () => {
    const { out } = takesAll();
    streamEvents(out, events, stop.signal, async () => true);
    const end = closed(out);
    stop.abort();
    await end;
    expect(events.listeners()).toBe(0);
  });

  it('drops a reader that takes nothing, before much waits for him', async () => {
    const out = new Writable({ write: () => undefined });
    streamEvents(out, events, stop.signal, async () => true);
    const end = closed(out);
    let most = 0;
    for (let n = 0; n < 10_000 && !out.destroyed; n++) {
      events.publish({ event: 'log', identityServer: `server-${n}` });
      most = Math.max(most, out.writableLength);
    }
    await end;
    expect(most).toBeLessThan(17 * 1024);
    expect(events.listeners()).toBe(0);
  });
});
