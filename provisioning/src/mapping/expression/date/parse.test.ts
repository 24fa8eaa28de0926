import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseDate } from './parse.ts';
import { UNIX_EPOCH } from './ticks.ts';
import { dateText, writeDate } from './write.ts';

const iso = (text: string): bigint => UNIX_EPOCH + BigInt(Date.parse(text)) * 10_000n;
const anyTicks = fc.bigInt({ min: 0n, max: 3_155_378_975_999_999_999n });

describe('parseDate', () => {
  it.each([
    ['2020-03-16', '2020-03-16T00:00:00Z'],
    ['2020-03-16Z', '2020-03-16T00:00:00Z'],
    ['2020-03-16-07:00', '2020-03-16T07:00:00Z'],
    ['2020/3/6 7:05', '2020-03-06T07:05:00Z'],
    ['2020-12-31 23:59:59-08:00', '2021-01-01T07:59:59Z'],
    ['2020-12-31T23:59:59.123+0530', '2020-12-31T18:29:59.123Z'],
    ['2020-12-31T23:59:59 +2', '2020-12-31T21:59:59Z'],
    ['3/16/2020', '2020-03-16T00:00:00Z'],
    ['3/16/49', '2049-03-16T00:00:00Z'],
    ['3/16/50', '1950-03-16T00:00:00Z'],
    ['3/16/2020 12:00:00 AM', '2020-03-16T00:00:00Z'],
    ['3/16/2020 12:30 PM', '2020-03-16T12:30:00Z'],
    ['03-16-2020 1:02:03pm', '2020-03-16T13:02:03Z'],
    ['Mon, 15 Jun 2009 20:45:30 GMT', '2009-06-15T20:45:30Z'],
    ['16 March 2020', '2020-03-16T00:00:00Z'],
    ['16-Mar-2020', '2020-03-16T00:00:00Z'],
    ['Monday, March 16, 2020 7:00 AM', '2020-03-16T07:00:00Z'],
    ['mar 16 2020', '2020-03-16T00:00:00Z'],
    [' 2020-03-16 ', '2020-03-16T00:00:00Z'],
  ])('reads %j as %s', (text, time) => {
    expect(parseDate(text)).toBe(iso(time));
  });

  it.each([
    '',
    'soon',
    '20200316',
    '2020-13-01',
    '2021-02-29',
    '16/3/2020',
    '2020-03/16',
    '3/16/2020 13:00 PM',
    '12:00',
    '2020-03-16T24:00',
    '0000-01-01',
    '2020-03-16+15:00',
    '0001-01-01+01:00',
    `2020-03-16${' '.repeat(80)}x`,
  ])('does not guess what %j means', (text) => {
    expect(parseDate(text)).toBeUndefined();
  });

  it('reads what it writes', () => {
    fc.assert(
      fc.property(anyTicks, (ticks) => {
        expect(parseDate(dateText(ticks))).toBe(ticks - (ticks % 10_000_000n));
        expect(parseDate(writeDate(ticks, true, 'o') ?? '')).toBe(ticks);
      }),
    );
  });
});
