import { expect, it } from 'vitest';
import { groupType, ops, patched } from '../../test/patching.ts';

it('removes the listed members only, in both modes, and notes it (C-11, PAT-24)', () => {
  const operations = [{ op: 'remove', path: 'members', value: [{ value: 'a' }] }];
  for (const compatibility of ['strict', 'tolerant'] as const) {
    const outcome = patched(operations, { type: groupType, document: ops, compatibility });
    expect(outcome).toMatchObject({ members: [{ op: 'remove', ids: ['a'] }], quirks: ['remove-with-value'] });
  }
});
