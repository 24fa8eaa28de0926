import { describe, expect, it } from 'vitest';
import { newId } from './id.ts';

describe('newId', () => {
  it('makes a UUIDv7 that carries the time (RFC 9562 §5.7)', () => {
    const id = newId(0x0123456789ab);
    expect(id).toMatch(/^01234567-89ab-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  });

  it('makes none twice', () => {
    const ids = new Set(Array.from({ length: 10_000 }, () => newId(1)));
    expect(ids.size).toBe(10_000);
  });
});
