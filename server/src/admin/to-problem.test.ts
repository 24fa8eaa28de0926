import { expect, it } from 'vitest';
import { toScimError } from '../http/errors.ts';
import { CommitFailed, StoreUnavailable } from '../store/contract.ts';
import { toProblem } from './to-problem.ts';

it.each([
  ['a commit that failed', new CommitFailed('full'), 'not-stored', /Nothing was changed/],
  ['a commit of which nobody knows', new CommitFailed('lost', { mayBeStored: true }), 'not-stored', /is not known/],
  ['a database that is away', new StoreUnavailable('away'), 'database-unavailable', /again/],
])('%s is a 503 that says when to try again and what is known', (_, error, kind, text) => {
  const problem = toProblem(error);
  expect([problem.kind, problem.status, problem.headers]).toEqual([kind, 503, { 'retry-after': '5' }]);
  expect(problem.message).toMatch(text);
  const scim = toScimError(error, 'request', 1000);
  expect([scim.status, scim.headers]).toEqual([503, expect.objectContaining({ 'retry-after': '5' })]);
  expect(scim.message).toMatch(text);
  if (error instanceof CommitFailed && error.mayBeStored) expect(scim.message).not.toContain('Nothing was changed');
});
