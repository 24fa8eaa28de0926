import { isIP } from 'node:net';
import { SIGN_IN_WINDOW } from '../config.ts';
import { BoundedMap } from './bounded-map.ts';
import { plainAddress } from './network.ts';

const ADDRESSES = 20_000;

/** Counts wrong credentials per address. */
export interface FailureLimit {
  /** Seconds that an address has to wait, 0 when it may try. */
  waitSeconds(address: string, now: number): number;
  failed(address: string, now: number): void;
}

/** At most `limit` failures in a minute from one address; what it sends beyond waits until the minute is over. */
export function createFailureLimit(limit: number): FailureLimit {
  const windows = new BoundedMap<string, { readonly until: number; failures: number }>(ADDRESSES);
  const current = (key: string, now: number) => {
    const window = windows.get(key);
    // A clock that was set back must not lock anybody out for longer than a window.
    return window !== undefined && now < window.until && window.until - now <= SIGN_IN_WINDOW ? window : undefined;
  };
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
