import { createRandom, type Random } from '../harness/random.ts';

/** `SEED=...` repeats a run. Without it a short test is always the same, and a long one another each time. */
export const seedOf = (test: 'short' | 'long'): number =>
  Number(process.env.SEED ?? (test === 'short' ? 1 : Date.now() % 1_000_000));

/** The choices of one case: they depend on the seed and its number alone. */
export const randomOf = (seed: number, index: number): Random => createRandom(Math.imul(seed, 2_654_435_761) + index);

/** How many cases: `CASES=1000000` for a long run. */
export const casesOf = (usually: number): number => Number(process.env.CASES ?? usually);
