import { describe, expect, it } from 'vitest';
import { ScimError } from '../error.ts';
import type { Json } from '../json.ts';
import type { Compatibility, Rules } from '../rules.ts';
import { attribute, complex } from '../schema/attribute.ts';
import { enterpriseUserSchema } from '../schema/core/enterprise-user.ts';
import { userSchema } from '../schema/core/user.ts';
import type { AttributeDefinition } from '../schema/definition.ts';
import { readElement, readValue } from './read-value.ts';

function defined(name: string): AttributeDefinition {
  const all = [...userSchema.attributes, ...enterpriseUserSchema.attributes];
  const found = all.find((definition) => definition.name === name);
  if (found === undefined) throw new Error(`no attribute ${name}`);
  return found;
}

const rules = (compatibility: Compatibility): Rules => ({ compatibility, notes: [] });

function read(definition: AttributeDefinition, value: Json, compatibility: Compatibility = 'strict') {
  return readValue(definition, value, rules(compatibility), definition.name);
}

function refusal(definition: AttributeDefinition, value: Json, compatibility: Compatibility = 'strict'): ScimError {
  try {
    read(definition, value, compatibility);
  } catch (error) {
    if (error instanceof ScimError) return error;
  }
  throw new Error('was not refused');
}

function quirks(definition: AttributeDefinition, value: Json): string[] {
  const tolerant = rules('tolerant');
  readValue(definition, value, tolerant, definition.name);
  return tolerant.notes.map(({ quirk }) => quirk);
}

const emails = defined('emails');
const name = defined('name');
const manager = defined('manager');
const tags = attribute('tags', 'string', '', { multiValued: true });

describe('readValue', () => {
  it.each<[AttributeDefinition, Json]>([
    [attribute('a', 'string', ''), ' as Sent '],
    [attribute('a', 'string', ''), ''],
    [attribute('a', 'boolean', ''), false],
    [attribute('a', 'integer', ''), -3],
    [attribute('a', 'integer', ''), Number.MAX_SAFE_INTEGER],
    [attribute('a', 'decimal', ''), 1.5],
    [attribute('a', 'dateTime', ''), '2026-03-01T10:00:00+02:00'],
    [attribute('a', 'binary', ''), 'AP8'],
    [attribute('a', 'reference', ''), '../Users/42'],
    [tags, ['b', 'a']],
  ])('keeps a value of its type as sent: %#', (definition, value) => {
    expect(read(definition, value)).toEqual(value);
  });

  it.each<[AttributeDefinition, Json]>([
    [attribute('a', 'string', ''), 5],
    [attribute('a', 'string', ''), true],
    [attribute('a', 'string', ''), {}],
    [attribute('a', 'string', ''), ['x']],
    [attribute('a', 'boolean', ''), 'True'],
    [attribute('a', 'boolean', ''), 1],
    [attribute('a', 'integer', ''), 1.5],
    [attribute('a', 'integer', ''), 1e300],
    [attribute('a', 'integer', ''), '5'],
    [attribute('a', 'decimal', ''), Number.POSITIVE_INFINITY],
    [attribute('a', 'dateTime', ''), '2026-03-01'],
    [attribute('a', 'dateTime', ''), 1_772_353_800],
    [attribute('a', 'binary', ''), 'not base64!'],
    [attribute('a', 'reference', ''), 7],
    [attribute('a', 'reference', ''), 'https://acme.example/my page'],
    [name, 'Mira Okafor'],
    [name, ['Mira']],
    [emails, 'm@acme.example'],
    [emails, { value: 'm@acme.example' }],
    [emails, ['m@acme.example']],
    [emails, [['m@acme.example']]],
    [emails, [{ value: 5 }]],
    [manager, 'U12'],
    [manager, [{ value: 'U12' }]],
    [tags, 'a'],
    [tags, [5]],
  ])('refuses a value of another type with invalidValue that names the attribute (TYP-08): %#', (definition, value) => {
    const error = refusal(definition, value);
    expect([error.status, error.scimType]).toEqual([400, 'invalidValue']);
    expect(error.message.startsWith(definition.name)).toBe(true);
  });

  it('names the position of what it refuses', () => {
    expect(refusal(emails, [{ value: 'a@x' }, { value: 'b@x', primary: 'yes' }]).message).toMatch(
      /^emails\[1\]\.primary /,
    );
  });

  it('never repeats the value in an error, which can be a password', () => {
    expect(refusal(defined('password'), 'secr\0et').message).not.toContain('secr');
  });

  it.each<[AttributeDefinition, Json]>([
    [attribute('a', 'string', ''), null],
    [emails, null],
    [emails, []],
    [emails, [null, {}, { value: null }]],
    [name, {}],
    [name, { givenName: null, familyName: null }],
    [manager, { displayName: 'Only the server says this' }],
  ])('takes null, [] and objects of nothing as unassigned (RFC 7643 §2.5, C-72): %#', (definition, value) => {
    expect(read(definition, value)).toBeUndefined();
  });

  it('spells sub-attributes as the schema does, in the order sent (RFC 7643 §2.1)', () => {
    expect(JSON.stringify(read(emails, [{ TYPE: 'work', Value: 'a@x' }]))).toBe('[{"type":"work","value":"a@x"}]');
  });

  it('refuses two sub-attributes that differ only in case (ATT-03)', () => {
    expect(refusal(name, { givenName: 'A', GIVENNAME: 'B' }).scimType).toBe('invalidSyntax');
    expect(refusal(name, { givenName: null, GIVENNAME: 'B' }).scimType).toBe('invalidSyntax');
  });

  it('drops unknown sub-attributes with a note and readOnly ones without (RFC 7644 §3.3)', () => {
    const strict = rules('strict');
    const value = { value: 'U12', displayName: 'Boss', rank: 3, ['__proto__']: { polluted: true } };
    const parsed = JSON.parse(JSON.stringify(value).replace('"rank"', '"__proto__":{"polluted":true},"rank"'));
    expect(readValue(manager, parsed, strict, 'manager')).toEqual({ value: 'U12' });
    expect(strict.notes).toEqual([
      { quirk: 'unknown-attribute', detail: 'manager.__proto__' },
      { quirk: 'unknown-attribute', detail: 'manager.rank' },
    ]);
  });

  it('keeps readOnly sub-attributes of a readOnly attribute, so that a client can repeat what it was given', () => {
    expect(read(defined('groups'), [{ value: 'g1', display: 'Staff' }])).toEqual([{ value: 'g1', display: 'Staff' }]);
  });

  it('removes elements that repeat another exactly, whatever the order of their names (MVA-05)', () => {
    const sent = [
      { value: 'a@x', type: 'work' },
      { value: 'a@x', type: 'home' },
      { type: 'work', value: 'a@x' },
    ];
    expect(read(emails, sent)).toEqual(sent.slice(0, 2));
    expect(read(tags, ['a', 'A', 'a'])).toEqual(['a', 'A']);
  });

  it('refuses two primary values (MVA-03, C-70)', () => {
    const error = refusal(emails, [
      { value: 'a@x', primary: true },
      { value: 'b@x', primary: true },
    ]);
    expect(error.message).toMatch(/^emails has more than one value with primary true/);
    expect(
      read(emails, [
        { value: 'a@x', primary: true },
        { value: 'b@x', primary: false },
      ]),
    ).toHaveLength(2);
  });

  it.each([
    ['U+0000', 'a\0b'],
    ['half a surrogate pair', 'a\ud800b'],
    ['more than 100,000 characters', 'x'.repeat(100_001)],
  ])('refuses a string with %s (I18)', (_name, text) => {
    expect(refusal(attribute('title', 'string', ''), text).scimType).toBe('invalidValue');
    expect(refusal(emails, [{ value: text }]).message).toMatch(/^emails\[0\]\.value /);
  });

  it('refuses more than 1,000 values', () => {
    expect(
      read(
        tags,
        Array.from({ length: 1_000 }, (_, index) => `t${index}`),
      ),
    ).toHaveLength(1_000);
    expect(
      refusal(
        tags,
        Array.from({ length: 1_001 }, (_, index) => `t${index}`),
      ).message,
    ).toMatch(/^tags has more than/);
  });

  it('reads multi-valued sub-attributes too', () => {
    const skill = complex('skill', '', [tags]);
    expect(read(skill, { tags: ['a', 'a'] })).toEqual({ tags: ['a'] });
  });
});

describe('readValue with tolerant rules', () => {
  it.each<[string, AttributeDefinition, Json, Json | undefined, string]>([
    ['a boolean as a string (C-1, C-74)', attribute('active', 'boolean', ''), 'False', false, 'boolean-as-string'],
    ['a number as a string', attribute('quota', 'integer', ''), '42', 42, 'number-as-string'],
    ['one value for many (AMB-53)', emails, { value: 'a@x' }, [{ value: 'a@x' }], 'lone-value'],
    ['e-mails as strings', emails, ['a@x'], [{ value: 'a@x' }], 'value-as-string'],
    ['the manager as a string (AMB-54)', manager, 'U12', { value: 'U12' }, 'manager-as-string'],
    ['"" to clear the manager', manager, '', undefined, 'manager-as-string'],
    ['{"value": ""} to clear the manager', manager, { value: '' }, undefined, 'manager-as-string'],
    ['the manager in an array', manager, [{ value: 'U12' }], { value: 'U12' }, 'array-of-one'],
    ['an empty array to clear the manager', manager, [], undefined, 'array-of-one'],
  ])('accepts %s', (_name, definition, value, expected, quirk) => {
    expect(read(definition, value, 'tolerant')).toEqual(expected);
    expect(quirks(definition, value)).toContain(quirk);
  });

  it('lifts the role out of stringified JSON', () => {
    const role = JSON.stringify({ id: 'x', value: '25', displayName: 'Role25' });
    expect(read(defined('roles'), [{ value: role }], 'tolerant')).toEqual([{ value: '25', display: 'Role25' }]);
    expect(read(defined('roles'), [{ value: role }])).toEqual([{ value: role }]);
  });

  it.each<[AttributeDefinition, Json]>([
    [attribute('active', 'boolean', ''), 'yes'],
    [attribute('quota', 'integer', ''), '1.5'],
    [attribute('quota', 'decimal', ''), '1e5'],
    [name, 'Mira Okafor'],
    [defined('addresses'), ['Calle 1']],
    [manager, [{ value: 'a' }, { value: 'b' }]],
    [emails, 5],
    [emails, [5]],
    [manager, 5],
  ])('still refuses what has no sense: %#', (definition, value) => {
    expect(refusal(definition, value, 'tolerant').scimType).toBe('invalidValue');
  });

  it('keeps a reference that is no URI as sent', () => {
    expect(read(defined('profileUrl'), 'acme.example/my page', 'tolerant')).toBe('acme.example/my page');
  });

  it('leaves no notes on what the standard allows', () => {
    expect(quirks(emails, [{ value: 'a@x', type: 'work', primary: true }])).toEqual([]);
    expect(quirks(manager, { value: 'U12', $ref: '../Users/U12' })).toEqual([]);
  });
});

describe('readElement', () => {
  it('reads one value of a multi-valued attribute', () => {
    expect(readElement(emails, { VALUE: 'a@x' }, rules('strict'), 'emails')).toEqual({ value: 'a@x' });
    expect(readElement(tags, 'a', rules('strict'), 'tags')).toBe('a');
    expect(readElement(emails, null, rules('strict'), 'emails')).toBeUndefined();
    expect(readElement(emails, '', rules('tolerant'), 'emails')).toBeUndefined();
  });
});
