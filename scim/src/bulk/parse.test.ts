import { describe, expect, it } from 'vitest';
import { refusal } from '../../test/patching.ts';
import type { Json } from '../json.ts';
import type { BulkRequest } from './operation.ts';
import { BULK_REQUEST_SCHEMA, goesOn, parseBulk } from './parse.ts';

const schemas = [BULK_REQUEST_SCHEMA];
const limits = { maxOperations: 5, baseUrl: 'https://sp.example/scim/v2' };
const parse = (operations: Json, more: object = {}): BulkRequest =>
  parseBulk({ schemas, Operations: operations, ...more }, limits);
const post = { method: 'POST', path: '/Users', bulkId: 'u1', data: { userName: 'bo' } };

/** The error of the only entry. */
function errorOf(entry: Json): string {
  const { operations, malformed } = parse([entry]);
  expect(operations).toEqual([]);
  const [first] = malformed;
  expect(first?.error.message).toMatch(/^Operations\[0\]: /);
  return `${first?.error.status} ${first?.error.scimType}`;
}

describe('the envelope (RFC 7644 §3.7)', () => {
  it.each<[string, Json]>([
    ['an array', [post]],
    ['no schemas', { Operations: [post] }],
    ['the URN of another message', { schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'], Operations: [post] }],
    ['no Operations', { schemas }],
    ['Operations that is no array', { schemas, Operations: post }],
  ])('with %s is refused with invalidSyntax (BLK-02, C-101)', (_title, body) => {
    expect(refusal(() => parseBulk(body, limits)).scimType).toBe('invalidSyntax');
  });

  it.each<[Json]>([[0], [-1], [1.5], ['2'], [true]])(
    'with failOnErrors %j is refused with invalidValue (BLK-06)',
    (failOnErrors) => {
      expect(refusal(() => parse([], { failOnErrors })).scimType).toBe('invalidValue');
    },
  );

  it('with more operations than the limit is refused with 413 naming it (BLK-11)', () => {
    const many = Array.from({ length: 6 }, () => post);
    expect(refusal(() => parse(many))).toEqual({ scimType: '413', detail: '6 operations exceed maxOperations (5).' });
  });

  it('reads names in any case', () => {
    const body = {
      Schemas: schemas,
      operations: [{ METHOD: 'post', Path: 'Users', bulkid: 'u1', DATA: {} }],
      FailOnErrors: 2,
    };
    const request = parseBulk(body, limits);
    expect(request.failOnErrors).toBe(2);
    expect(request.operations).toMatchObject([{ index: 0, method: 'POST', path: '/Users', bulkId: 'u1' }]);
  });

  it('may be empty, and stops at no number of errors unless it says so', () => {
    const request = parse([], { failOnErrors: null });
    expect(request).toEqual({ failOnErrors: undefined, operations: [], malformed: [] });
    expect(goesOn(request, 1000)).toBe(true);
    expect(goesOn({ ...request, failOnErrors: 2 }, 1)).toBe(true);
    expect(goesOn({ ...request, failOnErrors: 2 }, 2)).toBe(false);
  });
});

describe('an operation', () => {
  it('is read with everything it says (BLK-03)', () => {
    const { operations } = parse([
      post,
      { method: 'Patch', path: 'Users/42', version: 'W/"1"', data: { Operations: [] } },
      { method: 'DELETE', path: '/Users/42', bulkId: 'd1', data: { ignored: true } },
    ]);
    expect(operations).toEqual([
      { index: 0, method: 'POST', path: '/Users', bulkId: 'u1', version: undefined, data: { userName: 'bo' } },
      { index: 1, method: 'PATCH', path: '/Users/42', bulkId: undefined, version: 'W/"1"', data: { Operations: [] } },
      { index: 2, method: 'DELETE', path: '/Users/42', bulkId: 'd1', version: undefined, data: undefined },
    ]);
  });

  it.each(['Users/42', '/Users/42', 'https://sp.example/scim/v2/Users/42'])(
    'may name its path as %s (BLK-14)',
    (path) => {
      expect(parse([{ method: 'DELETE', path }]).operations[0]?.path).toBe('/Users/42');
    },
  );

  it.each<[string, Json, string]>([
    ['no object', 'POST', '400 invalidSyntax'],
    ['no method', { path: '/Users' }, '400 invalidValue'],
    ['GET', { method: 'GET', path: '/Users' }, '400 invalidValue'],
    ['a method that is no string', { ...post, method: 1 }, '400 invalidValue'],
    ['no path', { method: 'DELETE' }, '400 invalidValue'],
    ['an empty path', { method: 'DELETE', path: '' }, '400 invalidValue'],
    ['a path elsewhere', { method: 'DELETE', path: 'https://other.example/Users/1' }, '400 invalidValue'],
    ['a bulk in a bulk', { ...post, path: '/Bulk' }, '400 invalidValue'],
    ['a search', { ...post, path: '/Users/.search' }, '400 invalidValue'],
    ['a discovery path', { ...post, path: '/Schemas/urn:x' }, '400 invalidValue'],
    ['POST without bulkId', { method: 'POST', path: '/Users', data: {} }, '400 invalidValue'],
    ['an empty bulkId', { ...post, bulkId: '' }, '400 invalidValue'],
    ['a bulkId that no path can hold', { ...post, bulkId: 'a/b' }, '400 invalidValue'],
    ['no data', { method: 'PUT', path: '/Users/1' }, '400 invalidValue'],
    ['data of null', { ...post, data: null }, '400 invalidValue'],
    ['data that is no object', { ...post, data: [] }, '400 invalidSyntax'],
    ['a version that is no string', { method: 'DELETE', path: '/Users/1', version: 1 }, '400 invalidValue'],
    ['a name twice', { ...post, Path: '/Users' }, '400 invalidSyntax'],
    [
      'data nested too deeply',
      { ...post, data: JSON.parse(`${'{"a":'.repeat(60)}1${'}'.repeat(60)}`) },
      '400 invalidSyntax',
    ],
  ])('with %s fails alone (BLK-05, BLK-12, C-101)', (_title, entry, error) => {
    expect(errorOf(entry)).toBe(error);
  });

  it('with the bulkId of an earlier one fails (BLK-10)', () => {
    const { operations, malformed } = parse([post, { ...post, data: { userName: 'other' } }]);
    expect(operations).toHaveLength(1);
    expect(malformed).toMatchObject([{ index: 1, method: 'POST', bulkId: 'u1', error: { scimType: 'invalidValue' } }]);
  });
});
