import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { casesOf, seedOf } from './seed.ts';

const CASES = casesOf(20_000);
const SEED = seedOf('long');
const FOLDERS = ['scim/src/filter', 'scim/src/patch'];
const LEAST = 95;

const directory = mkdtempSync(join(tmpdir(), 'rollcall-coverage-'));
afterAll(() => rmSync(directory, { recursive: true, force: true }));

interface Covered {
  readonly total: number;
  readonly covered: number;
}

/** Branches of a folder, from the summary that the coverage run left. */
function branchesOf(folder: string): { percent: number; worst: string[] } {
  const summary: Record<string, { branches: Covered }> = JSON.parse(
    readFileSync(join(directory, 'coverage-summary.json'), 'utf8'),
  );
  const files = Object.entries(summary).filter(([file]) => file.includes(`/${folder}/`));
  const sum = (of: 'total' | 'covered') => files.reduce((all, [, { branches }]) => all + branches[of], 0);
  const missed = files
    .filter(([, { branches }]) => branches.covered < branches.total)
    .map(([file, { branches }]) => `${file.split('/').at(-1)} ${branches.covered}/${branches.total}`);
  return { percent: (100 * sum('covered')) / sum('total'), worst: missed };
}

describe('fuzzing the parsers', () => {
  it(`reaches at least ${LEAST} % of the branches of filter and PATCH in ${CASES} cases`, {
    timeout: 3_600_000,
  }, () => {
    const vitest = ['node_modules/vitest/vitest.mjs', 'run', '--project', 'unit', 'test/fuzz/parsers.test.ts'];
    const coverage = [
      '--coverage.enabled',
      '--coverage.reporter=json-summary',
      `--coverage.reportsDirectory=${directory}`,
      ...FOLDERS.map((folder) => `--coverage.include=${folder}/**`),
    ];
    execFileSync(process.execPath, [...vitest, ...coverage], {
      env: { ...process.env, SEED: String(SEED), CASES: String(CASES) },
      stdio: 'inherit',
    });
    for (const folder of FOLDERS) {
      const { percent, worst } = branchesOf(folder);
      console.log(`${folder}: ${percent.toFixed(1)} % of branches; not all of ${worst.join(', ')}`);
      expect({ folder, enough: percent >= LEAST }).toEqual({ folder, enough: true });
    }
  });
});
