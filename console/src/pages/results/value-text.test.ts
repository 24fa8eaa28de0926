import { expect, it } from 'vitest';
import { shortPath, valueText, withoutUrns } from './value-text.ts';

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

it('leaves the schema out of a path, and of paths in sentences', () => {
  const sentence = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager and 4 more differ. In scope.';
  expect(withoutUrns(sentence)).toBe('manager and 4 more differ. In scope.');
  expect(shortPath('urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department')).toBe('department');
  expect(shortPath('emails[type eq "work"].value')).toBe('emails[type eq "work"].value');
});
