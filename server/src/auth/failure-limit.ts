import { isIP } from 'node:net';
import { SIGN_IN_WINDOW } from '../config.ts';
import type { FailureCount } from '../store/contract.ts';
import { BoundedMap } from './bounded-map.ts';
import { plainAddress } from './network.ts';

const ADDRESSES = 20_000;

/** Counts wrong credentials per address. */
export interface FailureLimit {
  /** Seconds that an address has to wait, 0 when it may try. */
  waitSeconds(address: string, now: number): number;
  failed(address: string, now: number): void;
  /** Failures since the last time, for other processes to know of. */
  untold(): FailureCount[];
  /** Windows of all processes together, as long as they have left from `now`. Never lowers what is known here. */
  learn(
    windows: readonly { readonly origin: string; readonly failures: number; readonly left: number }[],
    now: number,
  ): void;
  /** Gives back what could not be told. */
  tellAgain(failures: readonly FailureCount[]): void;
}

/** At most `limit` failures in a minute from one address; what it sends beyond waits until the minute is over. */
export function createFailureLimit(limit: number): FailureLimit {
  const windows = new BoundedMap<string, { readonly until: number; failures: number }>(ADDRESSES);
  const current = (key: string, now: number) => {
    const window = windows.get(key);
    // A clock that was set back must not lock anybody out for longer than a window.
    return window !== undefined && now < window.until && window.until - now <= SIGN_IN_WINDOW ? window : undefined;
  };
  const news = new BoundedMap<string, number>(ADDRESSES);
  return {
    waitSeconds(address, now) {
      const window = current(origin(address), now);
      return window === undefined || window.failures < limit ? 0 : Math.ceil((window.until - now) / 1000);
    },
    failed(address, now) {
      const key = origin(address);
      const window = current(key, now);
      if (window === undefined) windows.set(key, { until: now + SIGN_IN_WINDOW, failures: 1 });
      else window.failures++;
      news.set(key, (news.get(key) ?? 0) + 1);
    },
    untold() {
      const failures = [...news.entries()].map(([key, count]) => ({ origin: key, count }));
      for (const { origin: key } of failures) news.delete(key);
      return failures;
    },
    learn(told, now) {
      for (const { origin: key, failures, left } of told) {
        // What failed here since it was told comes on top.
        const all = failures + (news.get(key) ?? 0);
        const window = current(key, now);
        if (window !== undefined && window.failures >= all) continue;
        windows.set(key, { until: now + Math.min(left, SIGN_IN_WINDOW), failures: all });
      }
    },
    tellAgain(failures) {
      for (const { origin: key, count } of failures) news.set(key, (news.get(key) ?? 0) + count);
    },
  };
}

// One IPv6 host has a whole /64 to choose its address from: all of it counts as one.
function origin(address: string): string {
  const plain = plainAddress(address);
  if (isIP(plain) !== 6) return plain;
  const [head = '', tail] = plain.toLowerCase().split('::');
  const before = head === '' ? [] : head.split(':');
  const after = tail === undefined || tail === '' ? [] : tail.split(':');
  const zeros = tail === undefined ? [] : Array<string>(Math.max(0, 8 - before.length - after.length)).fill('0');
  const groups = [...before, ...zeros, ...after].slice(0, 4);
  return groups.map((group) => group.replace(/^0+(?=.)/, '')).join(':');
}
