import { expect, it } from 'vitest';
import { groupType, ops, patched, refused } from '../../test/patching.ts';

const operations = [{ op: 'replace', value: { schemas: ops.schemas ?? [], id: '7', displayName: 'N' } }];

it("passes over what clients cannot set in the object of Okta's and authentik's rename, noted (V8, V9)", () => {
  const outcome = patched(operations, { type: groupType, document: ops, compatibility: 'tolerant' });
  expect(outcome).toMatchObject({ document: { displayName: 'N' }, quirks: ['read-only-in-value'] });
});

it('refuses it in strict rules, unless it is what is there (PAT-29, AMB-14)', () => {
  expect(refused(operations, { type: groupType, document: ops }).scimType).toBe('mutability');
  const representation = { ...ops, id: '7' };
  expect(patched(operations, { type: groupType, document: ops, representation }).document.displayName).toBe('N');
});
