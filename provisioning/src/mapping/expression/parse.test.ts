import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Expression } from './ast.ts';
import { attributesOf } from './attributes-of.ts';
import { ExpressionError } from './error.ts';
import { evaluate } from './evaluate.ts';
import { environmentOf, valueFor } from './functions.fixture.ts';
import { FUNCTIONS } from './functions.ts';
import { parseExpression } from './parse.ts';
import { usesRegularExpressions } from './uses-regular-expressions.ts';
import type { ExpressionValue } from './value.ts';

describe('parseExpression', () => {
  it('reads calls, attributes, strings, numbers and arguments left out, with their positions', () => {
    expect(parseExpression(' Switch( [a b] ,, "x", -1.5 ) ')).toEqual({
      kind: 'call',
      name: 'Switch',
      position: 1,
      arguments: [
        { kind: 'attribute', name: 'a b', position: 9 },
        undefined,
        { kind: 'constant', value: 'x', position: 18 },
        { kind: 'constant', value: -1.5, position: 23 },
      ],
    });
  });

  it('reads comparisons and hexadecimal numbers', () => {
    expect(parseExpression('CBool(&HfF<>[a])').kind).toBe('call');
    expect(valueFor('CBool(&HfF = 255)')).toBe(true);
    expect(valueFor('IIF(1 <= 2, "a", "b")')).toBe('a');
    expect(valueFor('IIF(1 >= 2, "a", "b")')).toBe('b');
    expect(valueFor('IIF("b" > "a", "a", "b")')).toBe('a');
    expect(valueFor('IIF("b" < "a", "a", "b")')).toBe('b');
  });

  it('takes the backslash off quotation marks and backslashes, and leaves others', () => {
    expect(valueFor(String.raw`Trim("Company name: \"Contoso\" C:\\x \d")`)).toBe('Company name: "Contoso" C:\\x \\d');
  });

  it('keeps the digits of integers that a number cannot hold', () => {
    expect(valueFor('CStr(129699324000000001)')).toBe('129699324000000001');
  });

  it('takes a path with brackets for one attribute', () => {
    expect(attributesOf(parseExpression('Trim([emails[type eq "w]k"].value])'))).toEqual([
      'emails[type eq "w]k"].value',
    ]);
  });

  it.each([
    ['', 0, /empty/],
    ['  ', 2, /empty/],
    ['[mail]', 0, /make the mapping a direct one/],
    ['"text"', 0, /one function call/],
    ['[a] = [b]', 0, /one function call/],
    ['Trim([a]) x', 10, /the end of the expression/],
    ['Trim([a]', 8, /"," or the "\)" that closes Trim/],
    ['Trim("a)', 5, /no closing "/],
    ['Trim([a)', 5, /no closing \]/],
    ['Trim([ ])', 5, /brackets are empty/],
    ['Trim(“a”)', 5, /straight double quotes/],
    ["Trim('a')", 5, /straight double quotes/],
    ['Trim(a)', 5, /a is neither a function call, a\(…\), nor an attribute, \[a\]/],
    ['Trim(12ab)', 5, /not a number/],
    ['Trim(1.2.3)', 5, /not a number/],
    ['Trim(;)', 5, /character ; cannot stand here/],
    ['IIF([a] = , "b", "c")', 10, /a function, an \[attribute\]/],
    ['IIF([a] = "b" = "c", "b", "c")', 14, /And or Or/],
    ['Trim([a], tolower([b]))', 10, /case-sensitive: write ToLower instead of tolower/],
    ['Trim(TrimSpaces([b]))', 5, /did you mean StripSpaces/],
    ['Concatenate([a], [b])', 0, /There is no function Concatenate\.$/],
    ['Trim(Append([a]))', 5, /Append was given 1 argument; it is written Append\(source, suffix\)/],
    ['Guid([a])', 0, /Guid was given 1 argument/],
    ['Trim()', 0, /Trim was given 0 arguments/],
    ['IIF([a] = "b", , "c")', 0, /valueIfTrue of IIF may not be left out/],
    ['Join(" ", [a], )', 0, /source of Join may not be left out/],
    ['Switch([a], "d", "k")', 0, /Switch was given 3 arguments/],
    ['Switch([a], "d", "k", "v", "k2")', 0, /last key of Switch has no value/],
    ['Replace([a], "b")', 0, /Replace needs oldValue with/],
    ['Replace([a], , "(b", , "c")', 15, /regular expression cannot be used/],
    ['RegexMatch([a], "(?>b)")', 16, /atomic/],
    ['DateAdd("x", 1, Now())', 8, /interval is one of/],
    ['FormatDateTime([a], , "\'", "yyyy")', 22, /no date format/],
    ['FormatDateTime([a], , "yyyy", "q")', 30, /no date format/],
    ['Trim(SelectUniqueValue([a], [b]))', 5, /outermost/],
    [`${'Trim('.repeat(51)}[a]${')'.repeat(51)}`, 250, /deeper than 50/],
    [`${'Trim('.repeat(1999)}`, 250, /deeper than 50/],
    [`Coalesce(${'1,'.repeat(2500)}1)`, 4009, /more than 2000 parts/],
    [`Trim("${'a'.repeat(10_000)}")`, 10_000, /longer than 10000/],
  ])('says where %s is wrong', (text, position, message) => {
    const parse = (): unknown => parseExpression(text);
    expect(parse).toThrow(message);
    expect(parse).toThrow(expect.objectContaining({ name: 'ExpressionError', position }));
  });

  it('says which expressions run regular expressions', () => {
    expect(usesRegularExpressions(parseExpression('Trim(Replace([a], "b", , , "c"))'))).toBe(false);
    expect(usesRegularExpressions(parseExpression('Trim(Replace([a], , "b", , "c"))'))).toBe(true);
    expect(usesRegularExpressions(parseExpression('IIF(RegexMatch([a], [b]), "x", "y")'))).toBe(true);
  });

  it('names every attribute once', () => {
    expect(attributesOf(parseExpression('IIF([a] = [b], Trim([c]), [a])'))).toEqual(['a', 'b', 'c']);
  });

  it('throws nothing but ExpressionError, whatever the text', () => {
    const names = FUNCTIONS.map(({ name }) => name);
    const pieces = [
      ...names,
      '(',
      ')',
      ',',
      '[a]',
      '"x"',
      '"',
      '[',
      ']',
      '1',
      '&HF',
      ' ',
      '=',
      '<>',
      '\\',
      'True',
      '-',
    ];
    const text = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 40 }),
      fc.array(fc.constantFrom(...pieces), { maxLength: 20 }).map((parts) => parts.join('')),
    );
    fc.assert(
      fc.property(text, (written) => onlyExpressionErrors(() => parseExpression(written))),
      { numRuns: 2000 },
    );
  });

  it('evaluates whatever it has read to a value or an ExpressionError', () => {
    const attributes: Record<string, ExpressionValue> = {
      text: 'Mira "Ø" 12',
      date: '2024-02-29T12:00:00+01:00',
      number: 7,
      flag: true,
      list: ['a', 'b', 'a'],
      roles: [{ value: 'r', display: 'R' }],
    };
    fc.assert(
      fc.property(expressions, (written) => {
        let expression: Expression | undefined;
        onlyExpressionErrors(() => {
          expression = parseExpression(written);
        });
        if (expression === undefined) return;
        const parsed = expression;
        // A parsed expression is plain data and survives being sent to a thread.
        expect(structuredClone(parsed)).toEqual(parsed);
        onlyExpressionErrors(() => evaluate(parsed, environmentOf(attributes)));
      }),
      { numRuns: 2000 },
    );
  });
});

/** Calls of all functions with as many arguments as they take. */
const expressions: fc.Arbitrary<string> = fc.letrec<{ call: string; argument: string }>((tie) => ({
  argument: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    fc.constantFrom(
      '[text]',
      '[date]',
      '[number]',
      '[flag]',
      '[list]',
      '[roles]',
      '[none]',
      '"d"',
      '"yyyy"',
      '"(a|b)+"',
      '""',
    ),
    fc.integer({ min: -3, max: 12 }).map(String),
    tie('call'),
    fc.tuple(tie('argument'), fc.constantFrom('=', '<>', '<', '>='), tie('call')).map((parts) => parts.join(' ')),
  ),
  call: fc.constantFrom(...FUNCTIONS).chain(({ name, parameters }) => {
    const given = parameters.map(({ optional }) =>
      optional ? fc.oneof(fc.constant(''), tie('argument')) : tie('argument'),
    );
    return fc.tuple(...given).map((parts) => `${name}(${parts.join(', ')})`);
  }),
})).call;

function onlyExpressionErrors(run: () => unknown): void {
  try {
    run();
  } catch (error) {
    expect(error).toBeInstanceOf(ExpressionError);
  }
}
