import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fold, foldUserName } from './fold.ts';

const unicode = fc.string({ unit: 'binary' });

describe('fold', () => {
  it.each([
    ['MIRA', 'mira'],
    ['\u00e9', 'e\u0301'],
    ['ÅNGSTRÖM', 'a\u030angstro\u0308m'],
    ['ΟΔΟΣ', 'οδος'],
    ['οδοσ', 'οδος'],
    ['\u00b5m', '\u03bcM'],
    ['\u017fie', 'SIE'],
    ['\u212a', 'k'],
    ['\u1e9b', '\u1e60'],
    ['STRA\u1e9eE', 'straße'],
  ])('makes %j and %j equal (RFC 7644 §5)', (a, b) => {
    expect(fold(a)).toBe(fold(b));
  });

  it.each([
    ['fussball', 'fußball'],
    ['ı', 'i'],
    ['ＭＩＲＡ', 'mira'],
    ['a', 'ä'],
  ])('keeps %j and %j apart', (a, b) => {
    expect(fold(a)).not.toBe(fold(b));
  });

  it('changes nothing when folded again', () => {
    fc.assert(fc.property(unicode, (text) => fold(fold(text)) === fold(text)));
  });

  it('does not depend on the normalisation of what it is given', () => {
    fc.assert(fc.property(unicode, (text) => fold(text.normalize('NFD')) === fold(text)));
  });

  it('folds every letter and its lower case alike, once and for all', () => {
    const astray = [];
    // Above U+1FFFF there are no letters with case.
    for (let code = 0x80; code < 0x2_0000; code++) {
      const letter = String.fromCodePoint(code);
      const folded = fold(letter);
      if (folded !== fold(letter.toLowerCase()) || folded !== fold(folded)) astray.push(code);
    }
    expect(astray).toEqual([]);
  });
});

describe('foldUserName', () => {
  it.each([
    ['MIRA', 'mira'],
    ['ＭＩＲＡ', 'mira'],
    ['ｍｉｒａ＠ａｃｍｅ．ｅｘａｍｐｌｅ', 'mira@acme.example'],
    ['\u00e9', 'e\u0301'],
    ['ｶﾞ', 'ガ'],
    ['a\u3000b', 'a b'],
  ])('makes %j and %j one user name (I18-07, RFC 8265 §3.3)', (a, b) => {
    expect(foldUserName(a)).toBe(foldUserName(b));
  });

  it('keeps fussball and fußball apart (RFC 8265 §3.6)', () => {
    expect(foldUserName('fussball')).not.toBe(foldUserName('fußball'));
  });

  it('keeps compatibility characters that are not a matter of width', () => {
    expect(foldUserName('ﬁ')).not.toBe(foldUserName('fi'));
  });

  it('changes nothing when folded again', () => {
    fc.assert(fc.property(unicode, (text) => foldUserName(foldUserName(text)) === foldUserName(text)));
  });
});
