import { describe, expect, it } from 'vitest';
import type { Json } from '../json.ts';
import { attribute } from '../schema/attribute.ts';
import { multiValued } from '../schema/multi-valued.ts';
import { sameValue } from './same-value.ts';

const emails = multiValued('emails', '', attribute('value', 'string', ''));
const badge = attribute('badge', 'string', '', { caseExact: true });

describe('sameValue', () => {
  it.each<[typeof badge, Json | undefined, Json | undefined, boolean]>([
    [badge, 'B1', 'B1', true],
    [badge, 'B1', 'b1', false],
    [badge, undefined, undefined, true],
    [badge, 'B1', undefined, false],
    [attribute('title', 'string', ''), 'Boss', 'BOSS', true],
    [attribute('hired', 'dateTime', ''), '2026-03-01T10:00:00+02:00', '2026-03-01T08:00:00Z', true],
    [
      emails,
      [{ value: 'A@x', type: 'work' }, { value: 'b@x' }],
      [{ value: 'b@x' }, { type: 'WORK', value: 'a@x' }],
      true,
    ],
    [emails, [{ value: 'a@x' }], [{ value: 'a@x', type: 'work' }], false],
    [emails, [{ value: 'a@x' }], [{ value: 'a@x' }, { value: 'b@x' }], false],
    [emails, [{ value: 'a@x' }], ['a@x'], false],
  ])('compares by type and caseExact, in any order: %#', (definition, a, b, same) => {
    expect(sameValue(definition, a, b)).toBe(same);
    expect(sameValue(definition, b, a)).toBe(same);
  });
});
