import { compareKeys } from '@rollcall/scim';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { prefixEnd } from './prefix-end.ts';

describe('the end of a prefix', () => {
  it.each([
    ['a', 'b'],
    ['az', 'a{'],
    ['\ud7ff', '\ue000'],
    ['\uffff', '\u{10000}'],
    ['a\u{10ffff}', 'b'],
    ['', undefined],
    ['\u{10ffff}\u{10ffff}', undefined],
  ])('of %j is %j', (prefix, end) => {
    expect(prefixEnd(prefix)).toBe(end);
  });

  it('lies right behind everything that begins so', () => {
    const text = fc.string({ unit: 'binary', maxLength: 4 });
    fc.assert(
      fc.property(text, text, (prefix, other) => {
        const end = prefixEnd(prefix);
        const isBefore = end === undefined || compareKeys(other, end) < 0;
        expect(compareKeys(other, prefix) >= 0 && isBefore).toBe(other.startsWith(prefix));
        const longer = prefix + other;
        expect(end === undefined || compareKeys(longer, end) < 0).toBe(true);
      }),
    );
  });
});
