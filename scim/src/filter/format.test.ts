import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ComparisonOperator, Filter } from './ast.ts';
import { formatFilter } from './format.ts';
import { parseFilter } from './parse.ts';

const NO_LIMITS = { length: Number.MAX_SAFE_INTEGER, depth: 1_000, nodes: Number.MAX_SAFE_INTEGER };

describe('formatFilter', () => {
  it.each([
    ['USERNAME Eq "MIRA"', 'USERNAME eq "MIRA"'],
    ['not(title pr) AND active eq true', 'not (title pr) and active eq true'],
    ['((a pr))', 'a pr'],
    ['(a pr and b pr) or c pr', 'a pr and b pr or c pr'],
    ['(a pr or b pr) and c pr', '(a pr or b pr) and c pr'],
    ['(a pr or b pr) or (c pr and d pr)', '(a pr or b pr) or c pr and d pr'],
    ['emails[type eq "work"].value eq "x"', 'emails[type eq "work" and value eq "x"]'],
    ['emails[type eq "a" or type eq "b"].value pr', 'emails[(type eq "a" or type eq "b") and value pr]'],
    ['a eq "\\u0041\\n\\""', 'a eq "A\\n\\""'],
    ['a eq 1.50 or a eq null', 'a eq 1.5 or a eq null'],
  ])('writes %s as %s', (text, canonical) => {
    expect(formatFilter(parseFilter(text))).toBe(canonical);
  });

  it('gives a text that parses to the same tree', () => {
    fc.assert(
      fc.property(anyFilter, (filter) => {
        const parsed = parseFilter(formatFilter(filter), NO_LIMITS);
        expect(withoutPositions(parsed)).toEqual(withoutPositions(filter));
      }),
      { numRuns: 2_000 },
    );
  });
});

const simpleName = fc.constantFrom('value', 'type', '$ref', 'eq', 'primary', 'x-y_z');
const path = fc.oneof(
  simpleName,
  fc.constantFrom('name.familyName', 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager.value'),
);
const text = fc.string({ unit: 'grapheme' }).filter((value) => value.isWellFormed() && !value.includes('\0'));
const number = fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => (value === 0 ? 0 : value));
const value = fc.oneof(text, number, fc.boolean(), fc.constant(null));
const operator = fc.constantFrom<ComparisonOperator>('eq', 'ne', 'co', 'sw', 'ew', 'gt', 'ge', 'lt', 'le');

/** Any tree that the grammar has; names inside brackets are plain and brackets do not nest. */
function filterOf(name: fc.Arbitrary<string>, element?: fc.Arbitrary<Filter>): fc.Arbitrary<Filter> {
  const { tree } = fc.letrec<{ tree: Filter }>((tie) => ({
    tree: fc.oneof(
      { maxDepth: 4, withCrossShrink: true },
      fc.record({ kind: fc.constant('present'), path: name, position: fc.constant(1) }),
      fc.record({ kind: fc.constant('compare'), path: name, operator, value, position: fc.constant(1) }),
      ...(element === undefined ? [] : [element]),
      fc.record({ kind: fc.constant('not'), filter: tie('tree') }),
      fc.record({
        kind: fc.constantFrom('and', 'or'),
        filters: fc.array(tie('tree'), { minLength: 2, maxLength: 3 }),
      }),
    ),
  }));
  return tree;
}

const anyFilter = filterOf(
  path,
  fc.record({ kind: fc.constant('element'), path, filter: filterOf(simpleName), position: fc.constant(1) }),
);

function withoutPositions(filter: Filter): unknown {
  return JSON.parse(JSON.stringify(filter, (key, inner) => (key === 'position' ? undefined : inner)));
}
