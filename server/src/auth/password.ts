import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto';
import { unavailable } from '@rollcall/scim';

/** What a hash costs: N and r are memory (128 · N · r bytes) and time. */
interface Cost {
  readonly N: number;
  readonly r: number;
  readonly p: number;
}

// Rollcall makes these passwords itself, 192 random bits each: scrypt's usual interactive cost (16 MB, about 40 ms
// of one core) is more than enough, and dearer would only make wrong guesses a way to keep the server busy.
export const RANDOM_PASSWORD: Cost = { N: 16_384, r: 8, p: 1 };
/** What people think of themselves can be guessed from a stolen hash: 128 MB and about 350 ms for each guess. */
export const CHOSEN_PASSWORD: Cost = { N: 131_072, r: 8, p: 1 };
const KEY_LENGTH = 32;

/** Places where hashes are made, and who waits for one. */
interface Queue {
  readonly places: number;
  /** Who comes when that many wait is told to come back: half a second of hashing, or two. */
  readonly length: number;
  running: number;
  readonly waiting: (() => void)[];
}

// The thread pool (four threads) also syncs the write-ahead log: hashing never takes more than three of them. People have
// a place of their own, so that guesses at their passwords do not hold up identity providers; and just one, for the memory.
const RANDOM: Queue = { places: 2, length: 20, running: 0, waiting: [] };
const CHOSEN: Queue = { places: 1, length: 4, running: 0, waiting: [] };

/** A new password: 32 characters of base64url. */
export const newPassword = (): string => randomBytes(24).toString('base64url');

/** The scrypt hash of a password with its salt and cost, as `scrypt$N$r$p$salt$key`. Errors: 503 as `verifyPassword`. */
export async function hashPassword(password: string, cost: Cost = RANDOM_PASSWORD): Promise<string> {
  const salt = randomBytes(16);
  const key = await derive(password, salt, cost);
  return ['scrypt', cost.N, cost.r, cost.p, salt.toString('base64url'), key.toString('base64url')].join('$');
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

async function derive(password: string, salt: Buffer, cost: Cost): Promise<Buffer> {
  const queue = cost.N > RANDOM_PASSWORD.N ? CHOSEN : RANDOM;
  if (queue.waiting.length >= queue.length) throw unavailable('Too many sign-ins at once; try again.', 1);
  if (queue.running >= queue.places) await new Promise<void>((resolve) => queue.waiting.push(resolve));
  else queue.running++;
  try {
    const options = { ...cost, maxmem: 256 * cost.N * cost.r };
    return await new Promise<Buffer>((resolve, reject) => {
      scrypt(password, salt, KEY_LENGTH, options, (error, key) => (error === null ? resolve(key) : reject(error)));
    });
  } finally {
    // A place that somebody waits for is handed over, not given back.
    const next = queue.waiting.shift();
    if (next === undefined) queue.running--;
    else next();
  }
}
