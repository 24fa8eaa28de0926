import { describe, expect, it } from 'vitest';
import { matchingOrder, movedMatching, problemsOf, type Row, sameMappings, withoutRow, withRow } from './draft.ts';

const row = (target: string, matching = 0): Row => ({
  target,
  source: { kind: 'direct', attribute: target },
  matching,
  apply: 'always',
});
const rows = [row('userName', 1), row('title'), row('externalId', 2)];
const precedences = (list: readonly Row[]) => list.map(({ target, matching }) => `${target} ${matching}`);

describe('a draft of mappings', () => {
  it('keeps the matching precedences 1, 2, 3 when a row takes a place among them', () => {
    expect(precedences(withRow(rows, 1, row('title', 1)))).toEqual(['userName 2', 'title 1', 'externalId 3']);
    expect(precedences(withRow(rows, 0, row('userName')))).toEqual(['userName 0', 'title 0', 'externalId 1']);
    expect(precedences(withRow(rows, undefined, row('nickName', 9)))).toEqual([
      'userName 1',
      'title 0',
      'externalId 2',
      'nickName 3',
    ]);
  });

  it('closes the gap that a removed row leaves', () => {
    expect(precedences(withoutRow(rows, 0))).toEqual(['title 0', 'externalId 1']);
    expect(precedences(withoutRow(rows, 1))).toEqual(['userName 1', 'externalId 2']);
  });

  it('tries a row earlier or later, within the ends', () => {
    expect(matchingOrder(movedMatching(rows, 2, -1))).toEqual([2, 0]);
    expect(matchingOrder(movedMatching(rows, 0, 1))).toEqual([2, 0]);
    expect(matchingOrder(movedMatching(rows, 0, -1))).toEqual([0, 2]);
  });

  it('finds the problems of a row by the row, wherever it stands now', () => {
    const [first, second] = [row('a'), row('b')];
    const groups = {
      enabled: true,
      create: true,
      update: true,
      delete: true,
      attributes: [],
      targetAttributes: [],
      filters: [],
    };
    const checked = {
      draft: { users: { ...groups, attributes: [first, second] }, groups },
      problems: [
        { field: 'users.attributes[1].source.expression', message: 'no', position: 3 },
        { field: 'users.attributes.1.target', message: 'too long' },
        { field: 'users.attributes[10].target', message: 'another' },
      ],
    };
    expect(problemsOf(checked, 'users', 'attributes', second)).toEqual([
      { field: 'source.expression', message: 'no', position: 3 },
      { field: 'target', message: 'too long' },
    ]);
    expect(problemsOf(checked, 'users', 'attributes', { ...second })).toEqual([]);
  });

  it('compares mappings whatever the order of their members', () => {
    expect(sameMappings({ a: 1, b: [{ c: undefined, d: 2 }] }, { b: [{ d: 2 }], a: 1 })).toBe(true);
    expect(sameMappings({ a: [1, 2] }, { a: [2, 1] })).toBe(false);
  });
});
