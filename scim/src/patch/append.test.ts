import { describe, expect, it } from 'vitest';
import { bo, boAtSite, patched, refused, SITE_SCHEMA } from '../../test/patching.ts';
import type { Json, JsonObject } from '../json.ts';

const work = { value: 'w', type: 'work', primary: true };
const home = { value: 'h', type: 'home' };
const emailsAfter = (value: Json): Json | undefined => patched([{ op: 'add', path: 'emails', value }]).document.emails;

describe('add to a multi-valued attribute (RFC 7644 §3.5.2.1)', () => {
  it('appends, whether it gets an array or a lone value (PAT-11, AMB-53)', () => {
    expect(emailsAfter({ value: 'n' })).toEqual([work, home, { value: 'n' }]);
    expect(emailsAfter([{ value: 'n' }, { value: 'o' }])).toEqual([work, home, { value: 'n' }, { value: 'o' }]);
    expect(patched([{ op: 'add', path: 'roles', value: { value: 'r' } }]).document.roles).toEqual([{ value: 'r' }]);
  });

  it.each<[Json]>([
    [{ value: 'h' }],
    [{ value: 'H', type: 'HOME' }],
    [{ value: 'h', type: 'home', primary: false }],
    [[{ value: 'h' }, { value: 'w', primary: true }]],
    [{ type: 'home' }],
    [[]],
  ])('changes nothing for what is there: %j (PAT-19, AMB-06)', (value) => {
    expect(patched([{ op: 'add', path: 'emails', value }]).changed).toBe(false);
  });

  it('updates the element of the same type and value (PAT-19)', () => {
    expect(emailsAfter({ value: 'h', type: 'home', display: 'Home' })).toEqual([work, { ...home, display: 'Home' }]);
    expect(emailsAfter({ value: 'h', type: 'other' })).toEqual([work, home, { value: 'h', type: 'other' }]);
  });

  it('merges what one request sends twice', () => {
    const value = [{ value: 'n', type: 'other' }, { value: 'N', type: 'other', display: 'D' }, { value: 'n' }];
    expect(emailsAfter(value)).toEqual([work, home, { value: 'N', type: 'other', display: 'D' }]);
  });

  it('compares by caseExact', () => {
    const operations = (name: string) => [{ op: 'add', path: `${SITE_SCHEMA}:${name}`, value: ['BLUE', 'X'] }];
    const after = (name: string) => {
      const { document } = patched(operations(name), { document: boAtSite });
      return (document[SITE_SCHEMA] as JsonObject)[name];
    };
    expect(after('tags')).toEqual(['blue', 'green', 'X']);
    expect(after('codes')).toEqual(['x', 'BLUE', 'X']);
  });

  it('appends and never overwrites a simple list (C-60)', () => {
    const document = { ...bo, [SITE_SCHEMA]: { tags: ['1'] } };
    const value = [{ op: 'Add', path: `${SITE_SCHEMA}:tags`, value: ['1', '2'] }];
    expect(patched(value, { document }).document[SITE_SCHEMA]).toEqual({ tags: ['1', '2'] });
  });

  it('appends addresses, which have no value, unless they hold all that was sent', () => {
    const document = { ...bo, addresses: [{ type: 'work', locality: 'Madrid', country: 'ES' }] };
    const add = (value: Json) => patched([{ op: 'add', path: 'addresses', value }], { document });
    expect(add({ type: 'work', locality: 'madrid' }).changed).toBe(false);
    expect(add({ type: 'work', locality: 'Sevilla' }).document.addresses).toHaveLength(2);
  });

  it('keeps the primary when the added element does not claim it (C-71)', () => {
    expect(emailsAfter({ value: 'n', type: 'other' })).toEqual([work, home, { value: 'n', type: 'other' }]);
    expect(emailsAfter({ value: 'n', primary: false })).toEqual([work, home, { value: 'n', primary: false }]);
  });

  it('resets the others when it does (PAT-07, PAT-20, C-70)', () => {
    const demoted = { ...work, primary: false };
    expect(emailsAfter({ value: 'n', primary: true })).toEqual([demoted, home, { value: 'n', primary: true }]);
    expect(emailsAfter({ ...home, primary: true })).toEqual([demoted, { ...home, primary: true }]);
    const error = refused([
      {
        op: 'add',
        path: 'emails',
        value: [
          { value: 'n', primary: true },
          { value: 'o', primary: true },
        ],
      },
    ]);
    expect(error.scimType).toBe('invalidValue');
    expect(error.detail).toContain('emails');
  });

  it('guards immutable sub-attributes of the element it updates', () => {
    const add = (value: Json) => [{ op: 'add', path: `${SITE_SCHEMA}:desks`, value }];
    const first = { value: 'd1', type: 'work' };
    expect(refused(add({ ...first, serial: 's2' }), { document: boAtSite }).scimType).toBe('mutability');
    const { document } = patched(add({ value: 'd2', serial: 's2' }), { document: boAtSite });
    expect((document[SITE_SCHEMA] as JsonObject).desks).toContainEqual({ value: 'd2', serial: 's2' });
  });

  it('holds 1,000 values and refuses one more', () => {
    const values = Array.from({ length: 1000 }, (_, at) => ({ value: `m${at}` }));
    const full = patched([{ op: 'add', path: 'roles', value: values }]);
    expect(full.document.roles).toHaveLength(1000);
    const error = refused([{ op: 'add', path: 'roles', value: 'm1000' }], {
      document: full.document,
      compatibility: 'tolerant',
    });
    expect(error).toEqual({
      scimType: 'invalidValue',
      detail: 'Operations[0]: roles would have more than 1000 values.',
    });
  });
});
