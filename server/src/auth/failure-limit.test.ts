import { describe, expect, it } from 'vitest';
import { createFailureLimit } from './failure-limit.ts';

const fail = (limit: ReturnType<typeof createFailureLimit>, address: string, times: number, now: number) => {
  for (let time = 0; time < times; time++) limit.failed(address, now);
};

describe('the limit of sign-in failures', () => {
  it('lets an address wait once it has failed too often, until the minute is over', () => {
    const limit = createFailureLimit(3);
    fail(limit, '192.0.2.1', 2, 1000);
    expect(limit.waitSeconds('192.0.2.1', 2000)).toBe(0);
    limit.failed('192.0.2.1', 2000);
    expect(limit.waitSeconds('192.0.2.1', 2000)).toBe(59);
    expect(limit.waitSeconds('192.0.2.1', 60_999)).toBe(1);
    expect(limit.waitSeconds('192.0.2.1', 61_000)).toBe(0);
    expect(limit.waitSeconds('192.0.2.2', 2000)).toBe(0);
  });

  it('counts an IPv6 network of 64 bits, and an IPv4 address however it is written, as one', () => {
    const limit = createFailureLimit(1);
    limit.failed('2001:db8:0:1:aaaa::1', 0);
    expect(limit.waitSeconds('2001:db8::1:bbbb:0:0:2', 0)).toBe(60);
    expect(limit.waitSeconds('2001:db8:0:2::1', 0)).toBe(0);
    limit.failed('::ffff:192.0.2.1', 0);
    expect(limit.waitSeconds('192.0.2.1', 0)).toBe(60);
  });

  it('locks nobody out for longer when the clock is set back', () => {
    const limit = createFailureLimit(1);
    limit.failed('192.0.2.1', 10_000_000);
    expect(limit.waitSeconds('192.0.2.1', 1000)).toBe(0);
  });

  it('remembers a bounded number of addresses, the newest', () => {
    const limit = createFailureLimit(1);
    for (let host = 0; host < 30_000; host++) limit.failed(`10.${host >> 16}.${(host >> 8) & 255}.${host & 255}`, 0);
    expect(limit.waitSeconds('10.0.0.0', 0)).toBe(0);
    expect(limit.waitSeconds('10.0.117.47', 0)).toBe(60);
  });
});

describe('sign-in failures of several processes', () => {
  it('keep an address out that has failed elsewhere, as long as it has to wait there', () => {
    const limit = createFailureLimit(3);
    limit.failed('192.0.2.1', 1000);
    expect(limit.untold()).toEqual([{ origin: '192.0.2.1', count: 1 }]);
    expect(limit.untold()).toEqual([]);
    limit.learn([{ origin: '192.0.2.1', failures: 2, left: 30_000 }], 2000);
    expect(limit.waitSeconds('192.0.2.1', 2000)).toBe(0);
    limit.failed('192.0.2.1', 2000);
    expect(limit.waitSeconds('192.0.2.1', 2000)).toBe(30);
    limit.learn([{ origin: '192.0.2.2', failures: 3, left: 30_000 }], 2000);
    expect(limit.waitSeconds('192.0.2.2', 2000)).toBe(30);
  });

  it('never become fewer by what others tell, and are told again when they could not be', () => {
    const limit = createFailureLimit(2);
    fail(limit, '192.0.2.1', 2, 1000);
    const news = limit.untold();
    limit.learn([{ origin: '192.0.2.1', failures: 1, left: 1000 }], 1000);
    expect(limit.waitSeconds('192.0.2.1', 1000)).toBe(60);
    limit.tellAgain(news);
    expect(limit.untold()).toEqual([{ origin: '192.0.2.1', count: 2 }]);
  });
});
