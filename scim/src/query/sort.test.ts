import { describe, expect, it } from 'vitest';
import { groupType, HR_SCHEMA, mira, userType } from '../../test/specimen.ts';
import type { JsonObject } from '../json.ts';
import { compareSortKeys, parseSort, type Sort, sortKey } from './sort.ts';

function sortOf(sortBy: string, sortOrder?: string, type: Parameters<typeof parseSort>[0] = userType): Sort {
  const sort = parseSort(type, sortBy, sortOrder);
  if (sort === undefined) throw new Error(`${sortBy} gave no sort.`);
  return sort;
}

const keyOf = (sortBy: string, resource: JsonObject = mira) => sortKey(sortOf(sortBy), resource);

/** The ids of resources in the order of a sort. */
function sorted(sort: Sort, resources: readonly JsonObject[]) {
  return resources.toSorted((a, b) => compareSortKeys(sort, sortKey(sort, a), sortKey(sort, b))).map(({ id }) => id);
}

describe('parseSort', () => {
  it('gives nothing without sortBy, whatever sortOrder says (SRT-08)', () => {
    expect(parseSort(userType)).toBeUndefined();
    expect(parseSort(userType, undefined, 'sideways')).toBeUndefined();
  });

  it.each([
    ['USERNAME', undefined, 'userName', false],
    ['name.familyName', 'descending', 'name.familyName', true],
    ['meta.lastModified', 'Ascending', 'meta.lastModified', false],
    ['urn:ietf:params:scim:schemas:core:2.0:User:userName', 'DESCENDING', 'userName', true],
    ['emails', undefined, 'emails.value', false],
    ['emails.type', undefined, 'emails.type', false],
    [`${HR_SCHEMA}:tags`, undefined, `${HR_SCHEMA}:tags`, false],
  ])('reads %s %s (SRT-02, SRT-03)', (sortBy, sortOrder, text, descending) => {
    expect(parseSort(userType, sortBy, sortOrder)).toMatchObject({ path: { text }, descending });
  });

  it.each([
    ['shoeSize', 'which is not an attribute of User'],
    ['', 'which is not an attribute of User'],
    ['department', 'which is not an attribute of User'],
    ['emails[type eq "work"].value', 'which is not an attribute of User'],
    ['name', 'which is complex; name one of its sub-attributes'],
    ['addresses', 'which is complex; name one of its sub-attributes'],
    ['urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager', 'which is complex'],
    ['password', 'which is never returned'],
    [`${HR_SCHEMA}:contract.pin`, 'which is never returned'],
  ])('refuses sortBy %s (SRT-02, SRT-07)', (sortBy, detail) => {
    expect(() => parseSort(userType, sortBy)).toThrow(
      expect.objectContaining({
        status: 400,
        scimType: 'invalidValue',
        message: expect.stringContaining(`sortBy names "${sortBy}", ${detail}`),
      }),
    );
  });

  it('shows no more of a long name than helps', () => {
    const attempt = () => parseSort(userType, 'x'.repeat(100_000));
    expect(attempt).toThrow(expect.objectContaining({ message: expect.stringMatching(/^.{1,300}$/) }));
  });

  it.each(['down', '', 'desc'])('refuses sortOrder %j (SRT-03)', (sortOrder) => {
    expect(() => parseSort(userType, 'userName', sortOrder)).toThrow(
      expect.objectContaining({ scimType: 'invalidValue', message: 'sortOrder must be ascending or descending.' }),
    );
  });

  it('takes of several types the first that has the attribute', () => {
    expect(parseSort([groupType, userType], 'userName')).toMatchObject({ path: { text: 'userName' } });
    expect(parseSort([userType, groupType], 'displayName')).toMatchObject({ path: { text: 'displayName' } });
    expect(() => parseSort([userType, groupType], 'shoeSize')).toThrow('which is not an attribute of User or Group.');
  });
});

describe('sortKey', () => {
  it.each([
    ['userName', 'mira'],
    ['externalId', 'hr-000417-A'],
    ['name.familyName', 'okafor'],
    ['meta.created', Date.UTC(2026, 2, 1, 8, 30)],
    ['active', true],
    ['emails', 'm@acme.example'],
    ['phoneNumbers.value', 'tel:+1'],
    ['phoneNumbers.type', undefined],
    ['ims', undefined],
    ['title', undefined],
    [`${HR_SCHEMA}:tags`, 'blue'],
    [`${HR_SCHEMA}:contract.notes`, 'first'],
    ['urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department', undefined],
  ])('gives the key of %s (SRT-05, SRT-06)', (sortBy, key) => {
    expect(keyOf(sortBy)).toBe(key);
  });

  it('prefers the primary element to the first (SRT-02)', () => {
    expect(keyOf('emails', { emails: [{ value: 'a' }, { value: 'b', primary: true }] })).toBe('b');
    expect(keyOf('emails', { emails: [{ value: 'a', primary: false }, { value: 'b' }] })).toBe('a');
    expect(keyOf('emails', { emails: [] })).toBeUndefined();
    expect(keyOf('title', { title: null })).toBeUndefined();
  });
});

describe('compareSortKeys', () => {
  const resources = [
    { id: '1', displayName: 'b' },
    { id: '2' },
    { id: '3', displayName: 'A' },
    { id: '4', displayName: 'C' },
  ];

  it('puts resources without a value last when ascending and first when descending (SRT-04)', () => {
    expect(sorted(sortOf('displayName'), resources)).toEqual(['3', '1', '4', '2']);
    expect(sorted(sortOf('displayName', 'descending'), resources)).toEqual(['2', '4', '1', '3']);
  });

  it('says 0 of equal keys and of two missing ones, in both directions', () => {
    for (const order of ['ascending', 'descending']) {
      const sort = sortOf('displayName', order);
      expect(Math.abs(compareSortKeys(sort, 'a', 'a'))).toBe(0);
      expect(Math.abs(compareSortKeys(sort, undefined, undefined))).toBe(0);
    }
  });

  it('orders by the type of the attribute (SRT-05, SRT-06)', () => {
    const quota = (id: string, value: number) => ({ id, [HR_SCHEMA]: { quota: value } });
    expect(sorted(sortOf(`${HR_SCHEMA}:quota`), [quota('1', 10), quota('2', 9), quota('3', -1)])).toEqual([
      '3',
      '2',
      '1',
    ]);
    expect(
      sorted(sortOf('active'), [
        { id: '1', active: true },
        { id: '2', active: false },
      ]),
    ).toEqual(['2', '1']);
    expect(
      sorted(sortOf('externalId'), [
        { id: '1', externalId: 'a' },
        { id: '2', externalId: 'B' },
      ]),
    ).toEqual(['2', '1']);
    const created = (id: string, value: string) => ({ id, meta: { created: value } });
    expect(
      sorted(sortOf('meta.created'), [created('1', '2026-01-01T00:00:00Z'), created('2', '2026-01-01T00:30:00+01:00')]),
    ).toEqual(['2', '1']);
    const names = [
      { id: '1', displayName: '\u{1f600}' },
      { id: '2', displayName: '\uffee' },
    ];
    expect(sorted(sortOf('displayName'), names)).toEqual(['2', '1']);
  });
});
