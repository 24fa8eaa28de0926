import { describe, expect, it } from 'vitest';
import { parserCase } from './parser-case.ts';
import { casesOf, randomOf, seedOf } from './seed.ts';

const CASES = casesOf(3000);
const SEED = seedOf('short');

describe('the parsers of filter, PATCH and query', () => {
  it(`answer ${CASES} random inputs with a result or a client's error (SEED=${SEED})`, {
    timeout: 60_000 + CASES * 2,
  }, () => {
    const outcomes: Record<string, number> = {};
    for (let index = 0; index < CASES; index++) {
      try {
        for (const [parser, outcome] of Object.entries(parserCase(randomOf(SEED, index)))) {
          outcomes[`${parser} ${outcome}`] = (outcomes[`${parser} ${outcome}`] ?? 0) + 1;
        }
      } catch (error) {
        throw new Error(`SEED=${SEED}, case ${index}`, { cause: error });
      }
    }
    // Both outcomes are common: inputs that are all refused, or all taken, would show little.
    for (const parser of ['filter', 'patch', 'query']) {
      expect(outcomes[`${parser} done`]).toBeGreaterThan(CASES / 20);
      expect(outcomes[`${parser} refused`]).toBeGreaterThan(CASES / 50);
    }
    expect(Object.keys(Object.prototype)).toEqual([]);
  });
});
