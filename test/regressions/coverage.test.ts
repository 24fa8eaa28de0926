import { globSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const folder = new URL('./', import.meta.url);
const read = (file: string) => readFileSync(new URL(file, folder), 'utf8');
const excused: { id: string; reason: string }[] = JSON.parse(read('not-applicable.json'));
const tested = globSync('*.test.ts', { cwd: folder }).flatMap((file) =>
  [...read(file).matchAll(/\bit\(\s*['"`]((?:C|B|V|AMB)-?\d+) /g)].map((match) => match[1] ?? ''),
);

const numbered = (prefix: string, last: number, digits = 1) =>
  Array.from({ length: last }, (_, index) => `${prefix}${String(index + 1).padStart(digits, '0')}`);

describe('the tables of field failures, checks, vectors and ambiguities', () => {
  it('are covered row by row, each by one test or one reason', () => {
    // Two numbers were never given to a failure.
    const failures = numbered('C-', 103).filter((id) => id !== 'C-66' && id !== 'C-67');
    const rows = [...failures, ...numbered('B-', 28), ...numbered('V', 26), ...numbered('AMB-', 56, 2)];
    expect([...tested, ...excused.map(({ id }) => id)].toSorted()).toEqual(rows.toSorted());
  });

  it('excuse at most ten rows, each with a reason', () => {
    expect(excused.length).toBeLessThanOrEqual(10);
    expect(excused.filter(({ reason }) => reason.length < 40)).toEqual([]);
  });
});
