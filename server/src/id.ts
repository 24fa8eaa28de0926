import { randomFillSync } from 'node:crypto';

const pool = new Uint8Array(16 * 256);
let used = pool.length;
/** The time of the last id and its twelve digits: a number this great takes 1.5 µs to write in hexadecimal. */
let last = { time: -1, digits: '' };
const hex = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));

/** A UUIDv7 (RFC 9562 §5.7) for a time in milliseconds. Random bytes are drawn for 256 ids at once. */
export function newId(now: number = Date.now()): string {
  if (used === pool.length) {
    randomFillSync(pool);
    used = 0;
  }
  const random = (index: number) => pool[used + index] ?? 0;
  if (last.time !== now) last = { time: now, digits: now.toString(16).padStart(12, '0') };
  const { digits } = last;
  const group = (from: number, to: number) => {
    let text = '';
    for (let index = from; index < to; index++) text += hex[random(index)];
    return text;
  };
  const version = hex[0x70 | (random(0) & 0x0f)];
  const variant = hex[0x80 | (random(2) & 0x3f)];
  const id = `${digits.slice(0, 8)}-${digits.slice(8)}-${version}${group(1, 2)}-${variant}${group(3, 4)}-${group(4, 10)}`;
  used += 16;
  return id;
}
