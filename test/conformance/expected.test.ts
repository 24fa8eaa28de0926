import { describe, expect, it } from 'vitest';
import { type Expected, judge, type Result, readExpected } from './expected.ts';

const result = (different: Partial<Result> = {}): Result => ({
  status: 'SUCCESS',
  resourceType: 'User',
  check: 'object_creation',
  reason: '',
  data: '',
  ...different,
});
/** A run in which everything went well. */
const fine = [...Array.from({ length: 99 }, () => result()), result({ resourceType: 'Group', check: 'object_query' })];
const failure = result({ status: 'ERROR', check: 'check_add_attribute', reason: "Failed to add attribute 'x'" });
const row: Expected = {
  check: 'check_add_attribute',
  resourceType: 'User',
  reason: "attribute 'x'",
  clause: 'RFC 7644 §3.5.2',
};

describe('the judgement on a conformance run', () => {
  it('is silent about a run without failures', () => {
    expect(judge(fine, [])).toEqual([]);
  });

  it('names a failure that is not listed, and passes over one that is', () => {
    expect(judge([...fine, failure], [])).toEqual(["ERROR User check_add_attribute: Failed to add attribute 'x'"]);
    expect(judge([...fine, failure], [row])).toEqual([]);
  });

  it('takes a row for one failure only, and for no failure of another type or reason', () => {
    expect(judge([...fine, failure, failure], [row])).toHaveLength(1);
    expect(judge([...fine, { ...failure, resourceType: 'Group' }], [row])).toHaveLength(2);
    expect(judge([...fine, { ...failure, reason: "Failed to add attribute 'y'" }], [row])).toHaveLength(2);
  });

  it('names a listed failure that no longer fails', () => {
    expect(judge(fine, [row])).toEqual([expect.stringContaining('remove it')]);
  });

  it('does not take a run for one that ended early', () => {
    expect(judge(fine.slice(0, 20), [])).toHaveLength(2);
  });

  it('reads a table of at most five rows, each with a clause', async () => {
    const expected = await readExpected(new URL('expected.md', import.meta.url));
    expect(expected.length).toBeLessThanOrEqual(5);
  });
});
