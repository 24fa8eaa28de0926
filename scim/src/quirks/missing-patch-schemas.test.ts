import { expect, it } from 'vitest';
import { refusal, userType } from '../../test/patching.ts';
import { parsePatch } from '../patch/parse.ts';
import type { Rules } from '../rules.ts';

const operations = [{ op: 'replace', value: { active: false } }];

it.each([
  { Operations: operations },
  { schemas: [], Operations: operations },
  { schemas: null, Operations: operations },
])('reads a PATCH without its URN, and notes it: %j (V7, C-25)', (body) => {
  const rules: Rules = { compatibility: 'tolerant', notes: [] };
  expect(parsePatch(userType, body, rules).operations).toHaveLength(1);
  expect(rules.notes).toEqual([{ quirk: 'missing-patch-schemas', detail: 'schemas' }]);
});

it('refuses it in strict rules (RFC 7644 §3.5.2)', () => {
  const parse = () => parsePatch(userType, { Operations: operations }, { compatibility: 'strict', notes: [] });
  expect(refusal(parse).scimType).toBe('invalidSyntax');
});
