import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto';
import { unavailable } from '@rollcall/scim';

// Rollcall makes these passwords itself, 192 random bits each: scrypt's usual interactive cost (16 MB, about 40 ms
// of one core) is more than enough, and dearer would only make wrong guesses a way to keep the server busy.
const COST = { N: 16_384, r: 8, p: 1 } as const;
const KEY_LENGTH = 32;
/** The thread pool also syncs the write-ahead log: hashing never takes more than this many of its threads. */
const CONCURRENT = 2;
/** About half a second of hashing; who comes later is told to come back. */
const WAITING = 20;

/** A new password: 32 characters of base64url. */
export const newPassword = (): string => randomBytes(24).toString('base64url');

/** The scrypt hash of a password with its salt and cost, as `scrypt$N$r$p$salt$key`. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16);
  const key = await derive(password, salt, COST);
  return ['scrypt', COST.N, COST.r, COST.p, salt.toString('base64url'), key.toString('base64url')].join('$');
}

/**
 * Whether a password belongs to a hash; compared in constant time, hashed off the main thread. Errors: 503 when too
 * many wait to be hashed already.
 */
export async function verifyPassword(password: string, hash: string): Promise<boolean> {
  const [kind, N, r, p, salt, key] = hash.split('$');
  if (kind !== 'scrypt' || salt === undefined || key === undefined) return false;
  const expected = Buffer.from(key, 'base64url');
  const cost = { N: Number(N), r: Number(r), p: Number(p) };
  const derived = await derive(password, Buffer.from(salt, 'base64url'), cost);
  return expected.length === derived.length && timingSafeEqual(expected, derived);
}

let running = 0;
const waiting: (() => void)[] = [];

async function derive(password: string, salt: Buffer, cost: { N: number; r: number; p: number }): Promise<Buffer> {
  if (waiting.length >= WAITING) throw unavailable('Too many sign-ins at once; try again.', 1);
  if (running >= CONCURRENT) await new Promise<void>((resolve) => waiting.push(resolve));
  else running++;
  try {
    return await new Promise<Buffer>((resolve, reject) => {
      scrypt(password, salt, KEY_LENGTH, cost, (error, key) => (error === null ? resolve(key) : reject(error)));
    });
  } finally {
    // A place that somebody waits for is handed over, not given back.
    const next = waiting.shift();
    if (next === undefined) running--;
    else next();
  }
}
