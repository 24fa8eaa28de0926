import { describe, expect, it } from 'vitest';
import { strict, tolerant } from '../../test/specimen.ts';
import { DEFAULT_FILTER_LIMITS, parseFilter } from '../filter/parse.ts';
import type { Rules } from '../rules.ts';

const parse = (text: string, rules?: Rules) => parseFilter(text, DEFAULT_FILTER_LIMITS, rules);

describe('a comparison value without quotes', () => {
  it('is a string in tolerant, with a note (V26, C-33)', () => {
    const rules = tolerant();
    expect(parse('userName eq j2gg0s', rules)).toEqual({
      kind: 'compare',
      path: 'userName',
      operator: 'eq',
      value: 'j2gg0s',
      position: 1,
    });
    expect(rules.notes).toEqual([{ quirk: 'unquoted-filter-value', detail: 'position 13 of the filter' }]);
  });

  it.each([undefined, strict()])('is refused in strict and without rules (V26, FIL-06; rules %#)', (rules) => {
    expect(() => parse('userName eq j2gg0s', rules)).toThrow(
      'The filter has j2gg0s at position 13, where a "string" in double quotes, a number, true, false or null was expected.',
    );
    expect(rules?.notes ?? []).toEqual([]);
  });

  it.each(['a@x.example', 'Employee', "O'Brien", 'Åsa', '007', 'TRUE', '{}'])('may be %s', (word) => {
    expect(parse(`a eq ${word}`, tolerant())).toMatchObject({ value: word });
  });

  it('ends at a bracket or parenthesis', () => {
    expect(parse('(emails[type eq work].value eq x@y)', tolerant())).toMatchObject({
      filter: { filters: [{ value: 'work' }, { value: 'x@y' }] },
    });
  });

  it.each(['and', 'OR', 'not', "'x'", "'x"])('is never %s: no keyword is taken for a forgotten value', (word) => {
    const rules = tolerant();
    expect(() => parse(`a eq ${word} b pr`, rules)).toThrow(/at position 6/);
    expect(rules.notes).toEqual([]);
  });

  it('leaves JSON values what they are', () => {
    const rules = tolerant();
    expect(parse('a eq "x" and b eq 1 and c eq true', rules)).toMatchObject({
      filters: [{ value: 'x' }, { value: 1 }, { value: true }],
    });
    expect(rules.notes).toEqual([]);
  });
});
