import { describe, expect, it } from 'vitest';
import { isObject, type Json } from '../json.ts';
import { referencedBulkIds, resolveBulkIds } from './reference.ts';

const ids = new Map([
  ['u1', 'id-1'],
  ['u2', 'id-2'],
]);
const resolve = (data: Json) => resolveBulkIds(data, ids);

describe('resolveBulkIds (RFC 7644 §3.7.2)', () => {
  it.each<[string, string]>([
    ['bulkId:u1', 'id-1'],
    ['/Users/bulkId:u1', '/Users/id-1'],
    ['https://sp.example/v2/Users/bulkId:u2', 'https://sp.example/v2/Users/id-2'],
    ['/Users/bulkId:u1?attributes=id', '/Users/id-1?attributes=id'],
    ['members[value eq "bulkId:u1" or value eq "bulkId:u2"]', 'members[value eq "id-1" or value eq "id-2"]'],
  ])('replaces %s by %s (BLK-08, AMB-40)', (text, expected) => {
    expect(resolve(text)).toEqual({ data: expected, unresolved: [] });
  });

  it.each(['see bulkId:u1', 'bulkId:u1 is a reference', 'mybulkId:u1', 'bulkId:', 'bulkId', 'BULKID:u1'])(
    'leaves text alone: %s',
    (text) => {
      expect(resolve(text)).toEqual({ data: text, unresolved: [] });
    },
  );

  it('looks at every string of a body, and at nothing else', () => {
    const data = {
      displayName: 'Ops',
      size: 3,
      members: [{ value: 'bulkId:u1', $ref: 'Users/bulkId:u1' }, { value: 'known' }],
      'urn:x:User': { manager: { value: 'bulkId:u2' }, active: true, none: null },
    };
    expect(resolve(data)).toEqual({
      data: {
        displayName: 'Ops',
        size: 3,
        members: [{ value: 'id-1', $ref: 'Users/id-1' }, { value: 'known' }],
        'urn:x:User': { manager: { value: 'id-2' }, active: true, none: null },
      },
      unresolved: [],
    });
  });

  it('names what it cannot resolve, once', () => {
    const data = {
      members: [{ value: 'bulkId:no' }, { value: 'bulkId:no' }, { value: 'bulkId:u1' }],
      path: '/Users/bulkId:nor',
    };
    expect(resolve(data)).toEqual({
      data: { ...data, members: [{ value: 'bulkId:no' }, { value: 'bulkId:no' }, { value: 'id-1' }] },
      unresolved: ['no', 'nor'],
    });
  });

  it('returns what holds no reference as it is', () => {
    const data = { userName: 'bo', emails: [{ value: 'a@x' }] };
    expect(resolve(data).data).toBe(data);
  });

  it('makes no property of the names __proto__ and constructor', () => {
    const data: Json = JSON.parse('{"__proto__": {"polluted": "bulkId:u1"}, "constructor": "bulkId:u1"}');
    const { data: resolved } = resolve(data);
    expect(isObject(resolved) && Object.getPrototypeOf(resolved)).toBe(Object.prototype);
    expect(JSON.stringify(resolved)).toBe('{"__proto__":{"polluted":"id-1"},"constructor":"id-1"}');
    expect({}).not.toHaveProperty('polluted');
  });

  it('is linear in the size of the data', () => {
    // The square of these lengths would take longer than a test may.
    const texts = ['/bulkId:'.repeat(200_000), `/bulkId:${'a'.repeat(2_000_000)} `, '"bulkId:x1'.repeat(200_000)];
    for (const text of texts) expect(resolve(text).data).toBe(text);
  });
});

it('finds the bulkIds that a value refers to', () => {
  const data = [{ value: 'bulkId:b' }, '/Users/bulkId:a', 'x[value eq "bulkId:c"]', 'no bulkId:d'];
  expect([...referencedBulkIds(data)]).toEqual(['b', 'a', 'c']);
});
