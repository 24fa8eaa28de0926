import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cap } from './cap.ts';

describe('the cap of a body', () => {
  it('keeps a text that fits', () => {
    expect(cap('grüße', 7)).toEqual({ text: 'grüße', cut: 0 });
  });

  it('cuts between characters and says how many bytes are gone', () => {
    expect(cap('grüße', 6)).toEqual({ text: 'grüß', cut: 1 });
    expect(cap('grüße', 5)).toEqual({ text: 'grü', cut: 3 });
    expect(cap('a😀b', 4)).toEqual({ text: 'a', cut: 5 });
    expect(cap('abc', 0)).toEqual({ text: '', cut: 3 });
  });

  it('never exceeds its bytes, and what is kept and cut are the whole', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.nat(60), (text, bytes) => {
        const capped = cap(text, bytes);
        expect(text.startsWith(capped.text)).toBe(true);
        expect(Buffer.byteLength(capped.text)).toBeLessThanOrEqual(bytes);
        expect(Buffer.byteLength(capped.text) + capped.cut).toBe(Buffer.byteLength(text));
      }),
    );
  });
});
