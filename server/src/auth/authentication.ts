import { BoundedMap } from './bounded-map.ts';
import { createFailureLimit, type FailureLimit } from './failure-limit.ts';
import type { Keys } from './keys.ts';
import { type LastUse, openLastUse } from './last-use.ts';
import type { Registry } from './registry.ts';

const REMEMBERED = 10_000;

/** A token whose signature, type, issuer and expiry have been checked. */
export interface CheckedToken {
  readonly tokenId: string;
  readonly serverId: string;
  readonly expires: number;
}

/** What checking credentials needs, and what it remembers of those it has checked; secrets only as SHA-256. */
export interface Authentication {
  readonly registry: Registry;
  readonly keys: Keys;
  readonly failures: FailureLimit;
  readonly lastUse: LastUse;
  readonly checkedTokens: BoundedMap<string, CheckedToken>;
  /** Until when a password need not be hashed again. */
  readonly checkedPasswords: BoundedMap<string, number>;
  /** Hashing under way: many requests with the same password wait for one. */
  readonly passwordChecks: Map<string, Promise<boolean>>;
  /** Writes what is not written yet about the last use of tokens. */
  close(): Promise<void>;
}

/** Made once for a process; `signInFailures` is the configuration's. */
export function openAuthentication(options: {
  readonly registry: Registry;
  readonly keys: Keys;
  readonly signInFailures: number;
}): Authentication {
  const lastUse = openLastUse(options.registry);
  return {
    registry: options.registry,
    keys: options.keys,
    failures: createFailureLimit(options.signInFailures),
    lastUse,
    checkedTokens: new BoundedMap(REMEMBERED),
    checkedPasswords: new BoundedMap(REMEMBERED),
    passwordChecks: new Map(),
    close: () => lastUse.close(),
  };
}
