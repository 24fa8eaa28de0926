import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { strict, tolerant } from '../../test/specimen.ts';
import { ScimError } from '../error.ts';
import type { Filter } from './ast.ts';
import { DEFAULT_FILTER_LIMITS, parseFilter } from './parse.ts';

const equal = (path: string, value: string | number | boolean | null, position = 1): Filter => ({
  kind: 'compare',
  path,
  operator: 'eq',
  value,
  position,
});
const present = (path: string, position = 1): Filter => ({ kind: 'present', path, position });

/** The error that a filter is refused with; any other outcome fails the test. */
function refusal(text: string, limits = DEFAULT_FILTER_LIMITS): ScimError {
  try {
    parseFilter(text, limits);
  } catch (error) {
    if (error instanceof ScimError) return error;
    throw error;
  }
  throw new Error(`${text} was accepted.`);
}

describe('parseFilter', () => {
  it.each(['eq', 'ne', 'co', 'sw', 'ew', 'gt', 'ge', 'lt', 'le'])(
    'reads the operator %s in any case (FIL-03)',
    (operator) => {
      const expected = { kind: 'compare', path: 'a', operator, value: 'x', position: 1 };
      expect(parseFilter(`a ${operator} "x"`)).toEqual(expected);
      expect(parseFilter(`a ${operator.toUpperCase()} "x"`)).toEqual(expected);
    },
  );

  it('reads PR, AND, OR and NOT in any case (FIL-03)', () => {
    const expected = parseFilter('a pr and not (b pr) or c pr');
    expect(parseFilter('a PR And NOT (b Pr) oR c pR')).toEqual(expected);
  });

  it('binds and tighter than or (FIL-04)', () => {
    expect(parseFilter('a pr or b pr and c pr')).toEqual({
      kind: 'or',
      filters: [present('a'), { kind: 'and', filters: [present('b', 9), present('c', 18)] }],
    });
  });

  it('lets parentheses come before and (FIL-04)', () => {
    expect(parseFilter('(a pr or b pr) and c pr')).toEqual({
      kind: 'and',
      filters: [{ kind: 'or', filters: [present('a', 2), present('b', 10)] }, present('c', 20)],
    });
  });

  it('makes one node of a chain of the same keyword', () => {
    expect(parseFilter('a pr and b pr and c pr')).toEqual({
      kind: 'and',
      filters: [present('a'), present('b', 10), present('c', 19)],
    });
  });

  it.each(['not (a pr)', 'not(a pr)', 'NOT  ( a pr )'])('reads %s (FIL-05, erratum 7319)', (text) => {
    expect(parseFilter(text)).toMatchObject({ kind: 'not', filter: { kind: 'present', path: 'a' } });
  });

  it('names position and expectation of a not without parentheses (FIL-05)', () => {
    expect(refusal('not a eq 1').message).toBe('The filter has a at position 5, where "(" after "not" was expected.');
  });

  it.each([
    ['"x"', 'x'],
    ['"a \\"b\\" c\\\\d"', 'a "b" c\\d'],
    ['"\\/\\b\\f\\n\\r\\t"', '/\b\f\n\r\t'],
    ['"\\u00e9\\u0065\\u0301"', '\u00e9e\u0301'],
    ['"\\ud83d\\ude00"', '\u{1f600}'],
    ['"Åsa Öberg \u{1f600}"', 'Åsa Öberg \u{1f600}'],
    ['") ] and ( ["', ') ] and ( ['],
    ['""', ''],
    ['true', true],
    ['false', false],
    ['null', null],
    ['0', 0],
    ['-0', 0],
    ['-12.5e2', -1250],
    ['9007199254740993', 9007199254740992],
  ])('reads the JSON value %s (FIL-06, C-30, C-31)', (text, value) => {
    expect(parseFilter(`a eq ${text}`)).toEqual(equal('a', value));
  });

  it.each([
    'a eq TRUE',
    'a eq Null',
    'a eq 01',
    'a eq 1.',
    'a eq .5',
    'a eq +1',
    'a eq 0x10',
    'a eq {}',
    "a eq 'x'",
    'a eq x',
    'a eq NaN',
  ])('refuses %s, whose value is no JSON (FIL-06)', (text) => {
    expect(refusal(text).message).toContain('at position 6, where a "string" in double quotes, a number, true');
  });

  it.each([
    ['a eq 1e999', 'The number at position 6 of the filter is too large.'],
    ['a eq "\\x"', 'The string at position 6 of the filter is not JSON.'],
    ['a eq "\n"', 'The string at position 6 of the filter is not JSON.'],
    ['a eq "\\ud800"', 'The string at position 6 holds U+0000 or half of a surrogate pair.'],
    ['a eq "\\u0000"', 'The string at position 6 holds U+0000 or half of a surrogate pair.'],
    ['a eq "\ud800"', 'The filter holds U+0000 or half of a surrogate pair.'],
    ['a eq "\0"', 'The filter holds U+0000 or half of a surrogate pair.'],
    ['a eq "x', 'The string that begins at position 6 of the filter has no closing quote.'],
    ['a eq "x\\"', 'The string that begins at position 6 of the filter has no closing quote.'],
  ])('refuses the value in %j', (text, detail) => {
    expect(refusal(text).message).toBe(detail);
  });

  it.each([
    'userName',
    'name.familyName',
    '$ref',
    'groups.$ref',
    'primaryEmail',
    'eqValue',
    'android',
    'organization',
    'notes',
    'x-y_z$9',
    'urn:ietf:params:scim:schemas:core:2.0:User:userName',
    'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager.value',
    'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User.department',
    'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User.manager.value',
  ])('reads the attribute path %s whole (FIL-08, C-34, C-61)', (path) => {
    expect(parseFilter(`${path} pr`)).toEqual(present(path));
    expect(parseFilter(`${path} eq 1`)).toEqual(equal(path, 1));
  });

  it.each([
    '1a',
    'a.',
    '.a',
    'a..b',
    'a.b.c',
    'é',
    '$',
    'a.1',
    ':a',
    '1:a',
    'urn:x:',
    'urn:x:a.b.c.d',
    'u<n:a',
    '"a"',
    "'a'",
  ])('refuses the attribute path %s', (path) => {
    const error = refusal(`${path} pr`);
    expect(error.scimType).toBe('invalidFilter');
    expect(error.message).toMatch(/position 1, where an attribute name/);
  });

  it('reads a value path (FIL-12)', () => {
    expect(parseFilter('emails[type eq "work" and not (value pr)]')).toEqual({
      kind: 'element',
      path: 'emails',
      position: 1,
      filter: { kind: 'and', filters: [equal('type', 'work', 8), { kind: 'not', filter: present('value', 32) }] },
    });
  });

  it('reads nested groups in a value path (erratum 7322)', () => {
    expect(parseFilter('emails[type eq "a" or (type eq "b" and value pr)]')).toMatchObject({
      filter: { kind: 'or', filters: [{ path: 'type' }, { kind: 'and' }] },
    });
  });

  it('makes a trailing sub-attribute one more term of the brackets (C-29)', () => {
    expect(parseFilter('emails[type eq "work"].value eq "x"')).toEqual({
      kind: 'element',
      path: 'emails',
      position: 1,
      filter: { kind: 'and', filters: [equal('type', 'work', 8), equal('value', 'x', 24)] },
    });
  });

  it('adds a trailing presence to terms that are joined already (C-29)', () => {
    expect(parseFilter('emails[type eq "work" and primary eq true].value pr')).toMatchObject({
      filter: { kind: 'and', filters: [{ path: 'type' }, { path: 'primary' }, { kind: 'present', path: 'value' }] },
    });
  });

  it('keeps an or in the brackets apart from a trailing term (C-29)', () => {
    expect(parseFilter('emails[type eq "a" or type eq "b"].value pr')).toMatchObject({
      filter: { kind: 'and', filters: [{ kind: 'or' }, { kind: 'present', path: 'value' }] },
    });
  });

  it('reads a value path behind a URN', () => {
    expect(parseFilter('urn:ietf:params:scim:schemas:core:2.0:User:emails[type pr].value pr')).toMatchObject({
      kind: 'element',
      path: 'urn:ietf:params:scim:schemas:core:2.0:User:emails',
    });
  });

  it.each([
    ['emails[name.x eq 1]', 'position 8, where the plain name of a sub-attribute'],
    ['emails[urn:x:a pr]', 'position 8, where the plain name of a sub-attribute'],
    ['emails[a[b pr]]', 'position 9, where an operator (brackets do not nest) was expected'],
    ['emails[]', 'position 8, where an attribute name, "not" or "(" was expected'],
    ['emails[a pr', 'ends at position 12, where "and", "or" or "]" was expected'],
    ['emails[a pr)', 'position 12, where "and", "or" or "]" was expected'],
    ['emails[a pr]value pr', 'position 13, where "." and a sub-attribute was expected'],
    ['emails[a pr].1 pr', 'position 13, where "." and a sub-attribute was expected'],
    ['emails[a pr].a.b pr', 'position 13, where "." and a sub-attribute was expected'],
    ['emails[a pr].value', 'ends at position 19, where an operator'],
    ['emails[a pr] .value pr', 'position 14, where "and", "or" or the end of the filter was expected'],
  ])('refuses %s (FIL-13, erratum 4690)', (text, detail) => {
    expect(refusal(text).message).toContain(detail);
  });

  it.each([
    [
      'userName regex "m.*"',
      'The filter has regex at position 10, where an operator (eq, ne, co, sw, ew, gt, ge, lt, le or pr)',
    ],
    ['userName "x"', 'has "x" at position 10, where an operator'],
    ['userName', 'ends at position 9, where an operator'],
    ['userName eq', 'ends at position 12, where a "string" in double quotes'],
    ['userName eq"x"', 'position 12, where a "string" in double quotes'],
    ['userName eq ("x")', 'has ( at position 13, where a "string" in double quotes'],
    ['(userName pr', 'ends at position 13, where "and", "or" or ")" was expected'],
    ['userName pr)', 'has ) at position 12, where "and", "or" or the end of the filter was expected'],
    ['userName eq "a" and', 'ends at position 20, where an attribute name, "not" or "(" was expected'],
    ['a pr b pr', 'has b at position 6, where "and", "or" or the end'],
    ['a pr and(b pr)', 'has ( at position 9, where a space was expected'],
    ['(a pr)and (b pr)', 'has and at position 7, where a space was expected'],
    ['()', 'has ) at position 2'],
    ['and', 'ends at position 4'],
  ])('refuses %s and says where (FIL-07)', (text, detail) => {
    const error = refusal(text);
    expect(error).toMatchObject({ status: 400, scimType: 'invalidFilter' });
    expect(error.message).toContain(detail);
  });

  it.each(['', '   ', '\n'])('refuses the empty filter %j (FIL-27)', (text) => {
    expect(refusal(text).message).toMatch(/^The filter is empty/);
  });

  it('tolerates blanks at both ends and more than one between words', () => {
    expect(parseFilter('  a   eq\t"x"\n and  b  pr ')).toMatchObject({
      kind: 'and',
      filters: [{ path: 'a' }, { path: 'b' }],
    });
    expect(parseFilter(' emails [ type  pr ] ')).toMatchObject({ kind: 'element', path: 'emails' });
    expect(parseFilter(' ( a pr ) ')).toMatchObject({ kind: 'present', path: 'a' });
  });

  it('keeps the spaces of a value (C-32)', () => {
    expect(parseFilter('displayName eq "EDU All personal"')).toEqual(equal('displayName', 'EDU All personal'));
  });

  it('shortens what it shows of a long piece without cutting a character in half', () => {
    const { message } = refusal(`a ${'x'.repeat(199)}\u{1f600}y "x"`);
    expect(message.isWellFormed()).toBe(true);
    expect(message).toContain(`${'x'.repeat(199)}\ufffd…`);
  });

  describe('limits (FIL-26)', () => {
    it('refuses a filter of more characters than the limit', () => {
      expect(parseFilter('a pr', { ...DEFAULT_FILTER_LIMITS, length: 4 })).toEqual(present('a'));
      expect(refusal('a pr ', { ...DEFAULT_FILTER_LIMITS, length: 4 }).message).toBe(
        'The filter is longer than 4 characters.',
      );
    });

    it('refuses deeper nesting than the limit, by parentheses and brackets alike', () => {
      const nested = (depth: number) => `${'('.repeat(depth)}a pr${')'.repeat(depth)}`;
      expect(parseFilter(nested(20))).toEqual(present('a', 21));
      expect(refusal(nested(21)).message).toBe('The filter is nested deeper than 20 levels at position 21.');
      expect(refusal(`${'('.repeat(20)}a[b pr]${')'.repeat(20)}`).message).toContain('deeper than 20 levels');
    });

    it('counts depth, not the number of groups', () => {
      const groups = Array.from({ length: 40 }, () => '(a pr)').join(' and ');
      expect(parseFilter(groups)).toMatchObject({ kind: 'and' });
    });

    it('refuses more nodes than the limit', () => {
      const chain = (terms: number) => Array.from({ length: terms }, () => 'a pr').join(' and ');
      expect(parseFilter(chain(99))).toMatchObject({ kind: 'and' });
      expect(refusal(chain(100)).message).toBe('The filter has more than 100 expressions and operators.');
    });

    it('does not multiply out a conjunction of alternatives', () => {
      const conjunction = Array.from({ length: 16 }, () => '(a pr or b pr)').join(' and ');
      const filter = parseFilter(conjunction);
      expect(filter).toMatchObject({ kind: 'and' });
      expect(JSON.stringify(filter).length).toBeLessThan(3_000);
    });

    it.each([
      '('.repeat(4096),
      'not('.repeat(1024),
      'a['.repeat(2048),
      ' '.repeat(4096),
      `a eq "${'\\'.repeat(4090)}`,
      `${'a.'.repeat(2047)}a pr`,
      `${'a:'.repeat(2044)}a. pr`,
      'a'.repeat(4096),
      'a pr and '.repeat(455),
      `a eq ${'1'.repeat(4091)}`,
      `a eq -${'0.'.repeat(2045)}`,
    ])('refuses 4,096 hostile characters (case %#)', (text) => {
      expect(refusal(text).scimType).toBe('invalidFilter');
    });

    it('takes time linear in the length of the text', () => {
      const limits = { length: Number.MAX_SAFE_INTEGER, depth: 20, nodes: Number.MAX_SAFE_INTEGER };
      // The square of this length would take longer than a test may.
      const text = Array.from({ length: 100_000 }, (_, index) => `emails[value eq "${index}"].type pr`).join(' or ');
      expect(parseFilter(text, limits)).toMatchObject({ kind: 'or' });
    });
  });

  describe('for any text', () => {
    const piece = fc.oneof(
      fc.constantFrom(
        'and',
        'or',
        'not',
        'pr',
        'eq',
        '(',
        ')',
        '[',
        ']',
        '.',
        ':',
        '"',
        '\\',
        ' ',
        'null',
        '-1',
        'a',
        "'",
      ),
      fc.string({ unit: 'binary', maxLength: 4 }),
    );
    const text = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 60 }),
      fc.array(piece, { maxLength: 30 }).map((pieces) => pieces.join('')),
      fc.array(piece, { maxLength: 30 }).map((pieces) => pieces.join(' ')),
    );

    it.each([undefined, strict(), tolerant()])(
      'parses or throws invalidFilter and nothing else (rules %#)',
      (rules) => {
        fc.assert(
          fc.property(text, (input) => {
            try {
              expect(parseFilter(input, DEFAULT_FILTER_LIMITS, rules)).toHaveProperty('kind');
            } catch (error) {
              expect(error).toMatchObject({ name: 'ScimError', status: 400, scimType: 'invalidFilter' });
            }
          }),
          { numRuns: 3_000 },
        );
      },
    );
  });
});
