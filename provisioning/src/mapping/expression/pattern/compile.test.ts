import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ExpressionError } from '../error.ts';
import { compileRegularExpression } from './compile.ts';

const found = (pattern: string, text: string): string[] =>
  [...text.matchAll(compileRegularExpression(pattern).expression)].map(([match]) => match);

describe('compileRegularExpression', () => {
  it.each([
    ['a.c', 'abc a\rc a\nc', ['abc', 'a\rc']],
    ['(?s)a.c', 'a\nc', ['a\nc']],
    ['^b$', 'b\n', ['b']],
    ['^b\\z', 'b\n', []],
    ['\\Ab\\Z', 'b\n', ['b']],
    ['^b$', 'a\nb', []],
    ['(?m)^b$', 'a\nb\nc', ['b']],
    ['\\d+', '12 ٣٤', ['12', '٣٤']],
    ['\\w+', 'Zoë_1 x', ['Zoë_1', 'x']],
    ['\\W', 'ë-', ['-']],
    ['\\bé\\b', 'é été', ['é']],
    ['\\Bt\\B', 'été t', ['t']],
    ['[^\\W\\d]+', 'a1b', ['a', 'b']],
    ['[a-z-[aeiou]]+', 'hello', ['h', 'll']],
    ['[]a]+', 'a]b', ['a]']],
    ['[a\\-z\\]]+', 'a-z]b', ['a-z]']],
    ['[a-]+', 'a-b', ['a-']],
    ['[+.(){}|/&&~]+', '+.(){}|/&&~', ['+.(){}|/&&~']],
    ['(?i)mira', 'MIRA', ['MIRA']],
    ['m(?i)i|r', 'mI MI R r', ['mI', 'R', 'r']],
    ['(?:a(?i)b)c', 'aBc aBC', ['aBc']],
    ['(?i:a)b', 'Ab AB', ['Ab']],
    ['(?i)a(?-i)b', 'Ab AB', ['Ab']],
    ['(?x) a b # comment', 'ab', ['ab']],
    ['a(?#comment)b', 'ab', ['ab']],
    ["(?'n'a)\\k'n'", 'aa', ['aa']],
    ['(?<n>a)(b)\\1', 'abb aba', ['abb']],
    ['(a)\\1', 'aa', ['aa']],
    ['(?<=a)b(?!c)', 'ab abc', ['b']],
    ['a{2}', 'aaa', ['aa']],
    ['a{x}', 'a{x}', ['a{x}']],
    ['}]', '}]', ['}]']],
    ['\\x41\\u0042\\-\\@\\ /', 'AB-@ /', ['AB-@ /']],
    ['\\p{Lu}+', 'ABc', ['AB']],
    ['\\cI\\t\\0', '\t\t\0', ['\t\t\0']],
  ])('reads %j as .NET does', (pattern, text, matches) => {
    expect(found(pattern, text)).toEqual(matches);
  });

  it.each([
    ['(', /no closing \)/],
    [')', /literal one is written/],
    ['[a', /no closing \]/],
    ['a**', /Nothing to repeat/],
    ['(?>a)', /atomic/],
    ['(?(a)b|c)', /conditions/],
    ['(?<a-b>c)', /balancing/],
    ['(?<1>c)', /begins with a letter/],
    ['(?n)a', /option n/],
    ['(?P<a>b)', /something unknown/],
    ['\\2(a)', /names no group/],
    ['\\k<x>', /names no group/],
    ['\\p{IsGreek}', /general categories/],
    ['\\103', /names no group/],
    ['\\q', /\\q is not supported/],
    ['\\', /single backslash/],
    ['[a-\\d]', /ends with a set/],
    ['[a-[b]c]', /at the end of the class/],
    ['[a-['.repeat(30), /too deep/],
    ['(?#', /comment/],
  ])('says what is wrong with %j, at the position given', (pattern, message) => {
    const compile = (): unknown => compileRegularExpression(pattern, 17);
    expect(compile).toThrow(message);
    expect(compile).toThrow(expect.objectContaining({ name: 'ExpressionError', position: 17 }));
  });

  it('throws nothing but ExpressionError', () => {
    const pieces = [
      '(',
      ')',
      '[',
      ']',
      '(?i)',
      '(?<a>',
      '(?:',
      '|',
      '*',
      '{2}',
      '{',
      '\\',
      'd',
      'b',
      'a',
      '-',
      '^',
      '$',
      '.',
      '\\k<a>',
      '1',
      '(?x)',
      '#',
      '👋',
    ];
    const pattern = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 30 }),
      fc.array(fc.constantFrom(...pieces), { maxLength: 15 }).map((parts) => parts.join('')),
    );
    fc.assert(
      fc.property(pattern, (text) => {
        try {
          compileRegularExpression(text);
        } catch (error) {
          expect(error).toBeInstanceOf(ExpressionError);
        }
      }),
      { numRuns: 2000 },
    );
  });

  it('finds any text by its escaped form', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 10 }), (text) => {
        const escaped = text
          .replace(/[\\*+?|{[()^$.# \t\n]/g, '\\$&')
          .replaceAll('\\\n', '\\n')
          .replaceAll('\\\t', '\\t');
        expect(found(escaped, `x${text}`)[0]).toBe(text);
      }),
    );
  });
});
