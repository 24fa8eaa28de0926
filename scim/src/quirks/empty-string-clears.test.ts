import { expect, it } from 'vitest';
import type { Rules } from '../rules.ts';
import { clearsAsEmptyString, withoutEmptyStrings } from './empty-string-clears.ts';

const strict: Rules = { compatibility: 'strict', notes: [] };

it('takes "" for no value, and notes it (Appendix B 20)', () => {
  const rules: Rules = { compatibility: 'tolerant', notes: [] };
  expect(clearsAsEmptyString('', rules, 'title')).toBe(true);
  expect(clearsAsEmptyString(' ', rules, 'title')).toBe(false);
  expect(clearsAsEmptyString(false, rules, 'active')).toBe(false);
  expect(rules.notes).toEqual([{ quirk: 'empty-string-clears', detail: 'title' }]);
});

it('clears within elements, and drops those with only labels left', () => {
  const rules: Rules = { compatibility: 'tolerant', notes: [] };
  const elements = [{ value: '', Type: 'work', primary: true }, { value: 'a', display: '' }, '', 'b', { type: 'home' }];
  expect(withoutEmptyStrings(elements, rules, 'emails')).toEqual([null, { value: 'a' }, null, 'b', { type: 'home' }]);
});

it('stores it in strict rules (RFC 7643 §2.5, AMB-48)', () => {
  const elements = [{ value: '' }];
  expect(clearsAsEmptyString('', strict, 'title')).toBe(false);
  expect(withoutEmptyStrings(elements, strict, 'emails')).toBe(elements);
});
