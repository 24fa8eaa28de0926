import { createCatalogue, type Json } from '@rollcall/scim';
import { describe, expect, it } from 'vitest';
import { compileSourceAttribute } from '../mapping/compile-source-attribute.ts';
import type { MappingProblem, ScopingClause, ScopingFilter } from '../mapping/model.ts';
import type { ScopingOperator } from '../mapping/scoping-operator.ts';
import { compileFilters } from './scoping-filter.ts';

const users = createCatalogue().resourceTypes.get('User');

function compile(filters: readonly ScopingFilter[]) {
  if (users === undefined) throw new Error('There are no users');
  const problems: MappingProblem[] = [];
  const compiled = compileFilters(filters, 'filters', problems, (name) => compileSourceAttribute(name, 'User', users));
  expect(problems).toEqual([]);
  return compiled.filters;
}

function passes(clauses: readonly ScopingClause[], attribute: string, value: Json | undefined): boolean {
  const document = value === undefined ? {} : { [attribute]: value };
  const [filter] = compile([{ name: 'F', clauses }]);
  return filter?.passes({ type: 'User', id: 'u1', version: 1, label: '', document }) ?? false;
}

const one = (operator: ScopingOperator, value: string | undefined, of: Json | undefined, attribute = 'title') =>
  passes([{ attribute, operator, value }], attribute, of);

describe('A clause, by its operator', () => {
  // [operator, its value, what passes, what does not]; of no value and of an empty one see below.
  it.each<[ScopingOperator, string, readonly string[], readonly string[]]>([
    ['EQUALS', 'Sales', ['Sales'], ['sales', 'Sales ', 'Marketing']],
    ['NOT EQUALS', 'Sales', ['sales', 'Marketing'], ['Sales']],
    ['INCLUDES', 'ale', ['Sales', 'ale'], ['ALE', 'al']],
    ['ENDS_WITH', 'les', ['Sales', 'les'], ['LES', 'Salesman']],
    ['REGEX MATCH', '^CON.*', ['CON-7', 'CON'], ['con-7', 'XCON']],
    ['REGEX MATCH', 'les', ['Sales'], ['LES']],
    ['REGEX MATCH', '.*\\@acme\\.example', ['mia@acme.example'], ['mia@acmeXexample']],
    ['NOT REGEX MATCH', '^CON.*', ['con-7', 'EMP-7'], ['CON-7']],
    ['GREATER_THAN', '10', ['11', '100'], ['10', '9', '-11', 'eleven', '10.5']],
    ['GREATER_THAN_OR_EQUALS', '10', ['10', '11'], ['9', 'ten']],
    ['&', '6', ['2', '4', '7'], ['1', '8', 'x']],
    ['!&', '6', ['1', '8', '0'], ['2', '7', 'x']],
  ])('%s %s', (operator, value, passing, failing) => {
    for (const text of passing) expect([text, one(operator, value, text)]).toEqual([text, true]);
    for (const text of failing) expect([text, one(operator, value, text)]).toEqual([text, false]);
  });

  it.each<[ScopingOperator, string | undefined, boolean]>([
    ['EQUALS', 'Sales', false],
    ['NOT EQUALS', 'Sales', false],
    ['INCLUDES', 'ale', false],
    ['ENDS_WITH', 'les', false],
    ['REGEX MATCH', '.*', false],
    ['NOT REGEX MATCH', 'x', false],
    ['GREATER_THAN', '-1', false],
    ['GREATER_THAN_OR_EQUALS', '0', false],
    ['&', '1', false],
    ['!&', '1', false],
    ['IS NULL', undefined, true],
    ['IS NOT NULL', undefined, false],
  ])('%s of no value and of an empty one', (operator, value, passed) => {
    expect(one(operator, value, undefined)).toBe(passed);
    expect(one(operator, value, '')).toBe(passed);
  });

  it('IS NULL and IS NOT NULL of a value', () => {
    expect(one('IS NULL', undefined, 'Sales')).toBe(false);
    expect(one('IS NOT NULL', undefined, 'Sales')).toBe(true);
    expect(one('IS NOT NULL', undefined, false, 'active')).toBe(true);
  });

  it('IS TRUE and IS FALSE, of which neither is true of no value', () => {
    const table = [true, false, undefined].map((value) => [
      one('IS TRUE', undefined, value, 'active'),
      one('IS FALSE', undefined, value, 'active'),
    ]);
    expect(table).toEqual([
      [true, false],
      [false, true],
      [false, false],
    ]);
  });

  it('is false of several values, which brackets may give', () => {
    const attribute = 'emails[type eq "work"].value';
    const [filter] = compile([{ name: 'F', clauses: [{ attribute, operator: 'ENDS_WITH', value: '.example' }] }]);
    const passing = (emails: Json) =>
      filter?.passes({ type: 'User', id: 'u1', version: 1, label: '', document: { emails } });
    expect(passing([{ type: 'work', value: 'a.example' }])).toBe(true);
    expect(
      passing([
        { type: 'work', value: 'a.example' },
        { type: 'work', value: 'b.example' },
      ]),
    ).toBe(false);
  });

  it('gives the same answer each time', () => {
    const [filter] = compile([{ name: 'F', clauses: [{ attribute: 'title', operator: 'REGEX MATCH', value: 'a' }] }]);
    const object = { type: 'User', id: 'u1', version: 1, label: '', document: { title: 'aa' } } as const;
    expect([1, 2, 3].map(() => filter?.passes(object))).toEqual([true, true, true]);
  });
});

describe('A filter', () => {
  it('passes when all of its clauses do', () => {
    const clauses: ScopingClause[] = [
      { attribute: 'title', operator: 'INCLUDES', value: 'a' },
      { attribute: 'title', operator: 'INCLUDES', value: 'b' },
    ];
    expect(passes(clauses, 'title', 'ab')).toBe(true);
    expect(passes(clauses, 'title', 'a')).toBe(false);
  });
});
