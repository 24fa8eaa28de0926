import { expect, it } from 'vitest';
import { patched, refused } from '../../test/patching.ts';

const operations = [{ op: 'Replace', path: 'phoneNumbers[type eq "mobile"].value', value: '+34 600 000 009' }];

it('makes the element that Entra thinks is there, and notes it (C-57)', () => {
  const outcome = patched(operations, { compatibility: 'tolerant' });
  expect(outcome.document.phoneNumbers).toEqual([{ type: 'mobile', value: '+34 600 000 009' }]);
  expect(outcome.quirks).toEqual(['replace-creates-element']);
});

it('answers noTarget in strict rules (RFC 7644 §3.5.2.3)', () => {
  expect(refused(operations).scimType).toBe('noTarget');
});
