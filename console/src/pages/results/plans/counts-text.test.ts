import { expect, it } from 'vitest';
import { countStates, countsText } from './counts-text.ts';

it('counts the items of each state', () => {
  expect(countStates([{ state: 'open' }, { state: 'applied' }, { state: 'open' }])).toEqual({ open: 2, applied: 1 });
});

it('names what there is of each, and leaves out what there is none of', () => {
  const pair = (word: string, count: number) => `${word}: ${count}`;
  const counts = { create: 2, update: 0, delete: 1, other: 3 };
  expect(countsText(counts, { create: 'Create', delete: 'Delete' }, pair)).toBe('Create: 2 · Delete: 1 · other: 3');
});
