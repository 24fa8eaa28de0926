import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parsePaging } from './paging.ts';

const limits = { defaultPageSize: 100, maxPageSize: 200 };
const MAX = Number.MAX_SAFE_INTEGER;

describe('parsePaging', () => {
  it.each([
    [{}, 1, 100],
    [{ startIndex: '1', count: '2' }, 1, 2],
    [{ startIndex: 6, count: 5 }, 6, 5],
    [{ startIndex: '0' }, 1, 100],
    [{ startIndex: -5 }, 1, 100],
    [{ count: '0' }, 1, 0],
    [{ count: '-1' }, 1, 0],
    [{ count: -1e300 }, 1, 0],
    [{ count: 200 }, 1, 200],
    [{ count: '201' }, 1, 200],
    [{ count: '9'.repeat(400) }, 1, 200],
    [{ count: `-${'9'.repeat(400)}` }, 1, 0],
    [{ startIndex: '9'.repeat(400) }, MAX, 100],
    [{ startIndex: 1e300 }, MAX, 100],
    [{ startIndex: '007' }, 7, 100],
  ])('reads %j by index (RFC 7644 §3.4.2.4, V25, C-48)', (query, startIndex, count) => {
    expect(parsePaging(query, limits)).toEqual({ kind: 'index', startIndex, count });
  });

  it.each([
    [{ cursor: '' }, '', 100],
    [{ cursor: 'b2s.Zm9v-3Qp_', count: '2' }, 'b2s.Zm9v-3Qp_', 2],
    [{ cursor: 'x', count: 1_000 }, 'x', 200],
    [{ cursor: 'x', count: -3 }, 'x', 0],
  ])('reads %j by cursor (RFC 9865 §2)', (query, cursor, count) => {
    expect(parsePaging(query, limits)).toEqual({ kind: 'cursor', cursor, count });
  });

  it('never gives a page above the greatest, even by default', () => {
    expect(parsePaging({}, { defaultPageSize: 500, maxPageSize: 50 })).toMatchObject({ count: 50 });
  });

  it.each(['startIndex', 'count'])('refuses a %s that is no integer, and names it (PAG-02)', (name) => {
    for (const value of ['ten', '1.5', '', ' 1', '1 ', '+1', '0x10', '1e2', '--1', '-', '١', 1.5, Number.NaN]) {
      expect(() => parsePaging({ [name]: value }, limits)).toThrow(
        expect.objectContaining({ status: 400, scimType: 'invalidValue', message: `${name} must be an integer.` }),
      );
    }
  });

  it.each([
    { startIndex: 1, cursor: '' },
    { startIndex: '3', cursor: 'x' },
  ])('refuses %j (CUR-11)', (query) => {
    expect(() => parsePaging(query, limits)).toThrow(
      expect.objectContaining({ scimType: 'invalidValue', message: expect.stringContaining('startIndex and cursor') }),
    );
  });

  it('stays within its bounds for every integer', () => {
    fc.assert(
      fc.property(fc.bigInt(), fc.bigInt(), (startIndex, count) => {
        const page = parsePaging({ startIndex: String(startIndex), count: String(count) }, limits);
        expect(page.count).toBeGreaterThanOrEqual(0);
        expect(page.count).toBeLessThanOrEqual(200);
        expect(page).toHaveProperty('startIndex', startIndex < 1n ? 1 : Math.min(Number(startIndex), MAX));
      }),
    );
  });
});
