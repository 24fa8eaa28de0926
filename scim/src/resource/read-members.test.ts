import { describe, expect, it } from 'vitest';
import { ScimError } from '../error.ts';
import type { Json } from '../json.ts';
import type { Compatibility, Rules } from '../rules.ts';
import { groupSchema } from '../schema/core/group.ts';
import { readMembers } from './read-members.ts';

const [, definition] = groupSchema.attributes;
const rules = (compatibility: Compatibility): Rules => ({ compatibility, notes: [] });

function read(value: Json, compatibility: Compatibility = 'strict') {
  if (definition === undefined) throw new Error('no members');
  return readMembers(definition, value, rules(compatibility), 'members');
}

function refusal(value: Json, compatibility: Compatibility = 'strict'): ScimError {
  try {
    read(value, compatibility);
  } catch (error) {
    if (error instanceof ScimError) return error;
  }
  throw new Error('was not refused');
}

describe('readMembers', () => {
  it('keeps what was sent besides the id, spelt as the schema does', () => {
    expect(read([{ Value: 'u1', TYPE: 'User', $ref: '../Users/u1', display: 'Mira' }, { value: 'u2' }])).toEqual([
      { value: 'u1', sent: { type: 'User', $ref: '../Users/u1', display: 'Mira' } },
      { value: 'u2', sent: undefined },
    ]);
  });

  it('drops null and unknown sub-attributes (C-19, C-56, V14)', () => {
    expect(read([{ value: 'u1', display: null, $ref: null, displayName: 'Mira' }])).toEqual([
      { value: 'u1', sent: undefined },
    ]);
  });

  it('merges elements with the same id (C-22)', () => {
    expect(
      read([{ value: 'u1' }, { value: 'u2' }, { value: 'u1', type: 'User' }, { value: 'u1', display: 'M' }]),
    ).toEqual([
      { value: 'u1', sent: { type: 'User', display: 'M' } },
      { value: 'u2', sent: undefined },
    ]);
    expect(read([{ value: 'u1', type: 'User' }, { value: 'u1' }])).toEqual([{ value: 'u1', sent: { type: 'User' } }]);
  });

  it('takes ids as case-exact (AMB-36)', () => {
    expect(read([{ value: 'u1' }, { value: 'U1' }])).toHaveLength(2);
  });

  it('takes null and [] as no members', () => {
    expect(read(null)).toEqual([]);
    expect(read([])).toEqual([]);
    expect(read([null])).toEqual([]);
  });

  it.each<[string, Json]>([
    ['no id', [{ value: 'u1' }, { display: 'x' }]],
    ['an empty id', [{ value: 'u1' }, { value: '' }]],
    ['a null id', [{ value: 'u1' }, { value: null }]],
    ['an id that is no string', [{ value: 'u1' }, { value: 5 }]],
    ['an id with U+0000', [{ value: 'u1' }, { value: 'a\0' }]],
    ['an array', [{ value: 'u1' }, []]],
    ['a number', [{ value: 'u1' }, 5]],
  ])('refuses an element with %s and names its position', (_name, value) => {
    for (const error of [refusal(value), refusal(value, 'tolerant')]) {
      expect([error.scimType, error.message.slice(0, 10)]).toEqual(['invalidValue', 'members[1]']);
    }
  });

  it('refuses a sub-attribute given twice', () => {
    expect(refusal([{ value: 'a', VALUE: 'b' }]).scimType).toBe('invalidSyntax');
    expect(refusal([{ value: 'a', type: 'User', TYPE: 'Group' }]).scimType).toBe('invalidSyntax');
  });

  it.each<Json>([{ value: 'u1' }, 'u1', ['u1']])('takes %j only in tolerant', (value) => {
    expect(read(value, 'tolerant')).toEqual([{ value: 'u1', sent: undefined }]);
    expect(refusal(value).scimType).toBe('invalidValue');
  });

  it('refuses an empty string even in tolerant', () => {
    expect(refusal('', 'tolerant').scimType).toBe('invalidValue');
  });

  it('reads tens of thousands of members', () => {
    const many = Array.from({ length: 50_000 }, (_, index) => ({ value: `u${index}` }));
    expect(read(many)).toHaveLength(50_000);
  });
});
