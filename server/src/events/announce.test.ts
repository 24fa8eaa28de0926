import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { RequestLog } from '../request-log/contract.ts';
import { logEntry } from '../request-log/log-entry.fixture.ts';
import { temporaryLogPlace } from '../request-log/log-place.fixture.ts';
import { openRequestLog } from '../request-log/request-log.ts';
import { createSignals } from '../store/signals.ts';
import { announcedLog, hintedLog } from './announce.ts';

let log: RequestLog;
let discard: () => unknown;
beforeEach(async () => {
  const temporary = await temporaryLogPlace();
  discard = temporary.discard;
  log = await openRequestLog(temporary.place, {
    retention: { maxAgeMs: 86_400_000, maxRows: 1000, maxBytes: 1024 ** 3 },
    bodyBytes: 1000,
  });
});
afterEach(async () => {
  await log.close();
  await discard();
});

describe('a request log that tells what it was given', () => {
  it('says so in its own process for each request', async () => {
    const announce = vi.fn();
    announcedLog(log, announce).record(logEntry({ at: Date.now(), server: 7 }));
    expect(announce.mock.calls).toEqual([[7]]);
    expect(await log.count(7)).toBe(1);
  });

  it('hints to all processes once for the requests of a while, for each identity server', async () => {
    const signals = createSignals();
    const heard: string[] = [];
    signals.subscribe('log', (subject) => heard.push(subject));
    const hinted = hintedLog(log, signals);
    for (const server of [1, 2, 1, null]) hinted.record(logEntry({ at: Date.now(), server }));
    expect(heard).toEqual([]);
    await expect.poll(() => heard, { timeout: 10_000 }).toEqual(['1', '2']);
    expect(await hinted.count(1)).toBe(2);
  });
});
