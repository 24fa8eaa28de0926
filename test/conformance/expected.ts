import { readFile } from 'node:fs/promises';

/** One result of scim2-tester. */
export interface Result {
  readonly status: string;
  readonly resourceType: string;
  readonly check: string;
  readonly reason: string;
  readonly data: string;
}

/** A failure that stays because a clause of the standard says otherwise: a row of expected.md. */
export interface Expected {
  readonly check: string;
  readonly resourceType: string;
  readonly reason: string;
  readonly clause: string;
}

const MOST = 5;
const FAILURES = new Set(['ERROR', 'CRITICAL']);
/** The suite stops early when discovery fails; fewer results than this are no run. */
const LEAST_RESULTS = 100;

/** Rows of the table in expected.md. Throws when there are more than five, or one names no clause. */
export async function readExpected(file: URL): Promise<Expected[]> {
  const lines = (await readFile(file, 'utf8')).split('\n').filter((line) => line.startsWith('|'));
  const rows = lines.slice(2).map((line): Expected => {
    const [, check = '', resourceType = '', reason = '', clause = ''] = line.split('|').map((cell) => cell.trim());
    if (!/RFC \d+ §/.test(clause)) throw new Error(`expected.md: this row names no clause: ${line}`);
    return { check, resourceType, reason: reason.replaceAll('`', ''), clause };
  });
  if (rows.length > MOST) throw new Error(`expected.md: ${rows.length} rows, at most ${MOST} are allowed.`);
  return rows;
}

/** What is wrong with a run: failures that are not listed, listed ones that no longer fail, and runs that were none. */
export function judge(results: readonly Result[], expected: readonly Expected[]): string[] {
  const open = [...expected];
  const problems: string[] = [];
  for (const result of results) {
    if (!FAILURES.has(result.status)) continue;
    const index = open.findIndex(
      (row) =>
        row.check === result.check && row.resourceType === result.resourceType && result.reason.includes(row.reason),
    );
    if (index >= 0) open.splice(index, 1);
    else {
      problems.push(
        `${result.status} ${result.resourceType} ${result.check}: ${result.reason} ${result.data}`.trimEnd(),
      );
    }
  }
  for (const row of open) {
    problems.push(
      `expected.md lists ${row.resourceType} ${row.check} (${row.reason}), which does not fail: remove it.`,
    );
  }
  if (results.length < LEAST_RESULTS)
    problems.push(`Only ${results.length} checks ran; at least ${LEAST_RESULTS} should.`);
  for (const type of ['User', 'Group']) {
    if (!results.some((result) => result.resourceType === type)) problems.push(`No check of ${type} ran.`);
  }
  return problems;
}
