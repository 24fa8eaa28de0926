import { expect, it } from 'vitest';
import { groupType, ops, patched, refused } from '../../test/patching.ts';

const operations = [
  { op: 'replace', path: 'members[value eq "a"].display', value: 'A' },
  { op: 'replace', path: 'displayName', value: 'N' },
];

it('passes over an edit of a member and applies the rest, noted', () => {
  const outcome = patched(operations, { type: groupType, document: ops, compatibility: 'tolerant' });
  expect(outcome).toMatchObject({ document: { displayName: 'N' }, members: [], quirks: ['member-edit'] });
});

it('refuses it in strict rules (RFC 7643 §4.2)', () => {
  expect(refused(operations, { type: groupType, document: ops }).scimType).toBe('mutability');
});
