import { expect, it } from 'vitest';
import { shortPath, valueText } from './value-text.ts';

it('shows texts as they are, nothing as a dash, and everything else as JSON', () => {
  expect(['Mira', '', null, undefined, false, ['a']].map(valueText)).toEqual([
    'Mira',
    '""',
    '–',
    '–',
    'false',
    '["a"]',
  ]);
});

it('leaves the schema out of a path', () => {
  expect(shortPath('urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department')).toBe('department');
  expect(shortPath('emails[type eq "work"].value')).toBe('emails[type eq "work"].value');
});
