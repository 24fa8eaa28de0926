import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseQuery } from './query-parameters.ts';

describe('parseQuery', () => {
  it.each([
    ['filter=userName+eq+%22a%2Bb%40x%22&', { filter: 'userName eq "a+b@x"' }],
    [
      'filter=username eq "A@X"&attributes=userName,id,name',
      { filter: 'username eq "A@X"', attributes: ['userName', 'id', 'name'] },
    ],
    ['filter=userName+eq+"x%40y"', { filter: 'userName eq "x@y"' }],
    [
      'filter=userName%20eq%20%22t%40okta.local%22&startIndex=1&count=100',
      { filter: 'userName eq "t@okta.local"', startIndex: '1', count: '100' },
    ],
    [
      'excludedAttributes=members&filter=displayName+eq+%22EDU+All+personal%22',
      { filter: 'displayName eq "EDU All personal"', excludedAttributes: ['members'] },
    ],
    ['count=2&startIndex=1', { startIndex: '1', count: '2' }],
    ['filter=a%20eq%20"b=c"', { filter: 'a eq "b=c"' }],
    ['filter=active%20eq%20true&count=2&cursor', { filter: 'active eq true', count: '2', cursor: '' }],
    ['cursor=', { cursor: '' }],
    ['cursor=b2s.Zm9v-3Qp_', { cursor: 'b2s.Zm9v-3Qp_' }],
    ['sortBy=name.familyName&sortOrder=descending', { sortBy: 'name.familyName', sortOrder: 'descending' }],
    ['%66ilter=title+pr', { filter: 'title pr' }],
    ['filter=displayName+eq+%22%C3%85sa%22', { filter: 'displayName eq "Åsa"' }],
    ['', {}],
    ['&&', {}],
    ['foo=1&Filter=x&FILTER=y&__proto__=z&constructor=z&x', {}],
  ])('reads %s (RFC 7644 §3.4.2, V20, V21, V24, C-39)', (query, expected) => {
    expect(parseQuery(query)).toEqual(expected);
  });

  it('merges repeated lists, trims names and drops empty places (PRJ-04)', () => {
    expect(parseQuery('attributes=userName,+emails.value+,,&attributes=id&excludedAttributes=')).toEqual({
      attributes: ['userName', 'emails.value', 'id'],
      excludedAttributes: [],
    });
  });

  it.each(['filter=%', 'filter=%zz', 'filter=%E9', 'filter=%ED%A0%80', '%zz=1', 'count=%4'])(
    'refuses the broken encoding of %s',
    (query) => {
      expect(() => parseQuery(query)).toThrow(expect.objectContaining({ status: 400, scimType: 'invalidSyntax' }));
    },
  );

  it.each([
    ['filter=', 'filter is empty'],
    ['filter', 'filter is empty'],
    ['filter=a+pr&filter=b+pr', 'filter is given twice'],
    ['filter=&filter=', 'filter is given twice'],
  ])('refuses %s (FIL-27)', (query, detail) => {
    expect(() => parseQuery(query)).toThrow(
      expect.objectContaining({ scimType: 'invalidFilter', message: expect.stringContaining(detail) }),
    );
  });

  it.each(['sortBy', 'sortOrder', 'startIndex', 'count', 'cursor'])('refuses a repeated %s', (name) => {
    expect(() => parseQuery(`${name}=1&${name}=1`)).toThrow(
      expect.objectContaining({ scimType: 'invalidValue', message: `${name} is given twice.` }),
    );
  });

  it('reads or refuses any text with a SCIM error', () => {
    const part = fc.oneof(fc.constantFrom('filter', 'count', 'attributes', '=', '&', '%', '%2', '+', ','), fc.string());
    fc.assert(
      fc.property(
        fc.array(part).map((parts) => parts.join('')),
        (query) => {
          try {
            expect(parseQuery(query)).toHaveProperty('filter');
          } catch (error) {
            expect(error).toMatchObject({ name: 'ScimError', status: 400 });
          }
        },
      ),
    );
  });
});
