import { ScimError } from '@rollcall/scim';
import { describe, expect, it } from 'vitest';
import { StoreUnavailable } from '../store/contract.ts';
import { afterWrite } from './after-write.ts';

describe('what an answer holds beside what was written', () => {
  it('is read, and what is wrong with it is said as ever', async () => {
    expect(await afterWrite(async () => 'groups')).toBe('groups');
    await expect(afterWrite(() => Promise.reject(new RangeError('on purpose')))).rejects.toThrow(RangeError);
  });

  it('is missing when the database is lost after the commit: the 503 says that the change is stored', async () => {
    const lost = afterWrite(() => Promise.reject(new StoreUnavailable('The database ended the connection')));
    const error: unknown = await lost.catch((caught: unknown) => caught);
    if (!(error instanceof ScimError)) throw new Error('Not an error of SCIM');
    expect([error.status, error.headers]).toEqual([503, { 'retry-after': '5' }]);
    expect(error.message).toContain('The change was stored');
  });
});
