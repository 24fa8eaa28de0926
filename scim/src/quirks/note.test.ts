import { expect, it } from 'vitest';
import type { Rules } from '../rules.ts';
import { note } from './note.ts';

it('keeps the first 50 notes, and the first 200 characters of each', () => {
  const rules: Rules = { compatibility: 'tolerant', notes: [] };
  for (let index = 0; index < 60; index++) note(rules, 'lone-value', `${index}${'x'.repeat(300)}`);
  expect(rules.notes).toHaveLength(50);
  expect(rules.notes[0]).toEqual({ quirk: 'lone-value', detail: `0${'x'.repeat(199)}` });
});
