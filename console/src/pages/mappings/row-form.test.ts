import { describe, expect, it } from 'vitest';
import type { Row } from './draft.ts';
import { formOf, missingIn, rowOf } from './row-form.ts';

describe('the form of a mapping', () => {
  it.each<Row>([
    { target: 'title', source: { kind: 'direct', attribute: 'jobTitle' }, matching: 0, apply: 'always' },
    { target: 'userType', source: { kind: 'constant', value: ' a ' }, matching: 0, apply: 'create' },
    {
      target: 'userName',
      source: { kind: 'expression', expression: 'Trim([mail])' },
      matching: 1,
      apply: 'always',
      defaultValue: 'x',
    },
    { target: 'active', source: { kind: 'none' }, matching: 0, apply: 'always', defaultValue: 'True' },
  ])('gives $source.kind back as it was', (row) => {
    expect(rowOf(formOf(row))).toEqual(row);
  });

  it('leaves an empty default value out', () => {
    expect(rowOf({ ...formOf(undefined), target: ' title ', attribute: ' jobTitle ' })).toEqual({
      target: 'title',
      source: { kind: 'direct', attribute: 'jobTitle' },
      matching: 0,
      apply: 'always',
    });
  });

  it('says what is missing for the chosen type alone', () => {
    const empty = formOf(undefined);
    expect([...missingIn(empty)]).toEqual(['attribute', 'target']);
    expect([...missingIn({ ...empty, kind: 'expression', target: 'title' })]).toEqual(['expression']);
    expect([...missingIn({ ...empty, kind: 'constant', target: 'title' })]).toEqual([]);
    expect([...missingIn({ ...empty, kind: 'none', target: 'title', matching: 1 })]).toEqual(['matching']);
  });
});
