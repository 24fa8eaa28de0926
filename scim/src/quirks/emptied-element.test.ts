import { expect, it } from 'vitest';
import type { Rules } from '../rules.ts';
import { isEmptiedElement } from './emptied-element.ts';

it('lets an element go that has only its labels left, and notes it', () => {
  const rules: Rules = { compatibility: 'tolerant', notes: [] };
  expect(isEmptiedElement({ type: 'work', primary: true }, rules, 'addresses.locality')).toBe(true);
  expect(isEmptiedElement({ type: 'work', country: 'ES' }, rules, 'addresses.locality')).toBe(false);
  expect(rules.notes).toEqual([{ quirk: 'emptied-element', detail: 'addresses.locality' }]);
});

it('keeps it in strict rules (RFC 7644 §3.5.2.2)', () => {
  expect(isEmptiedElement({ type: 'work' }, { compatibility: 'strict', notes: [] }, 'addresses.locality')).toBe(false);
});
