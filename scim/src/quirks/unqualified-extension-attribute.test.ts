import { expect, it } from 'vitest';
import { userType } from '../../test/patching.ts';
import type { Rules } from '../rules.ts';
import { ENTERPRISE_USER_SCHEMA } from '../schema/core/enterprise-user.ts';
import { resolveUnqualified } from './unqualified-extension-attribute.ts';

it('finds an attribute that only one extension has, and notes it', () => {
  const rules: Rules = { compatibility: 'tolerant', notes: [] };
  expect(resolveUnqualified(userType, 'manager.value', rules)?.text).toBe(`${ENTERPRISE_USER_SCHEMA}:manager.value`);
  expect(rules.notes).toEqual([{ quirk: 'unqualified-extension-attribute', detail: 'manager.value' }]);
});

it('leaves no note for names that need no guess, or have no answer', () => {
  const rules: Rules = { compatibility: 'tolerant', notes: [] };
  expect(resolveUnqualified(userType, 'userName', rules)?.text).toBe('userName');
  expect(resolveUnqualified(userType, 'nosuch', rules)).toBeUndefined();
  expect(rules.notes).toEqual([]);
});

it('finds none in strict rules (RFC 7644 §3.10)', () => {
  expect(resolveUnqualified(userType, 'manager', { compatibility: 'strict', notes: [] })).toBeUndefined();
});
