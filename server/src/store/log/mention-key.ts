import { createHash } from 'node:crypto';
import type { LogEntry, Mention } from '../../request-log/contract.ts';
import { mentionsIn } from '../../request-log/mentions-in.ts';

/** Bytes of a hash: among a million values two are the same once in 500 logs. */
const KEY_BYTES = 6;

/** What stands for somebody in a `keys` column. */
export function keyOf(server: number, { kind, value }: Mention): Buffer {
  const hash = createHash('sha1').update(`${server} ${kind} ${value.toLowerCase()}`).digest();
  return hash.subarray(0, KEY_BYTES);
}

/** The keys of all whom an entry is about, one after another; null when it is about nobody. */
export function keysOf(entry: LogEntry): Buffer | null {
  const { server } = entry;
  if (server === null) return null;
  const keys = mentionsIn(entry).map((mention) => keyOf(server, mention));
  return keys.length === 0 ? null : Buffer.concat(keys);
}
