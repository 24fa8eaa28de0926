import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatPieces } from './format.ts';
import { addInterval, countIntervals, INTERVALS } from './interval.ts';
import { parseDate } from './parse.ts';
import { readDate } from './read.ts';
import { fieldsOf, ticksOf, UNIX_EPOCH } from './ticks.ts';
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

describe('writeDate', () => {
  const time = iso('2009-06-05T01:45:30.617Z') + 5400n;

  it.each([
    ['d/M/y', '5/6/9'],
    ['dd/MM/yy', '05/06/09'],
    ['ddd d MMM yyy', 'Fri 5 Jun 2009'],
    ['dddd, dd MMMM yyyyy', 'Friday, 05 June 02009'],
    ['h:m:s t', '1:45:30 A'],
    ['hh:mm:ss tt', '01:45:30 AM'],
    ['H HH', '1 01'],
    ['f ff fff ffff fffff ffffff fffffff', '6 61 617 6175 61754 617540 6175400'],
    ['F FFFFFFF', '6 61754'],
    ['z zz zzz K', '+0 +00 +00:00 Z'],
    ['yyyy-MM-dd\'T\'HH:mm:ss"Z"', '2009-06-05T01:45:30Z'],
    ["h 'o''clock' \\h\\d", '1 oclock hd'],
    ['%d', '5'],
    ['%h%m', '145'],
    ['yyyyMMddHHmmss.fZ', '20090605014530.6Z'],
    ['gg yyyy', 'A.D. 2009'],
    ['o', '2009-06-05T01:45:30.6175400Z'],
    ['s', '2009-06-05T01:45:30'],
    ['r', 'Fri, 05 Jun 2009 01:45:30 GMT'],
    ['u', '2009-06-05 01:45:30Z'],
    ['d', '06/05/2009'],
    ['G', '06/05/2009 01:45:30'],
  ])('writes %s as .NET does', (format, text) => {
    expect(writeDate(time, true, format)).toBe(text);
  });

  it('leaves no point behind when .FFF has no digits, and no K when the zone is not known', () => {
    expect(writeDate(iso('2009-06-05T01:45:30Z'), false, 'ss.FFFK')).toBe('30');
  });

  it.each(['', 'q', "'open", 'yyyy\\', '%', 'ffffffff'])('knows no format %j', (format) => {
    expect(writeDate(time, true, format)).toBeUndefined();
  });
});

describe('readDate', () => {
  const read = (text: string, format: string): string | undefined => {
    const date = readDate(text, formatPieces(format) ?? []);
    return date && writeDate(date.ticks, date.utc, 'yyyy-MM-dd HH:mm:ss.FFFFFFFK');
  };

  it.each([
    ['20150123105347.1Z', 'yyyyMMddHHmmss.fZ', '2015-01-23 10:53:47.1Z'],
    ['2020-12-31-08:00', 'yyyy-MM-ddzzz', '2020-12-31 08:00:00Z'],
    ['2020-12-31+2', 'yyyy-MM-ddz', '2020-12-30 22:00:00Z'],
    ['12/31/2020 12:00:00 AM', 'M/d/yyyy hh:mm:ss tt', '2020-12-31 00:00:00'],
    ['1/2/49 3:04 p', 'M/d/yy h:mm t', '2049-01-02 15:04:00'],
    ['1/2/50 12', 'd/M/yy h', '1950-02-01 00:00:00'],
    ['Friday 5 june 2009', 'dddd d MMMM yyyy', '2009-06-05 00:00:00'],
    ['2009-06-05T01:45:30', 'yyyy-MM-ddTHH:mm:ss.FFFK', '2009-06-05 01:45:30'],
    ['2009-06-05T01:45:30.5Z', 'yyyy-MM-ddTHH:mm:ss.FFFK', '2009-06-05 01:45:30.5Z'],
    ['2009-06-05T01:45:30.1234567+01:00', 'o', '2009-06-05 00:45:30.1234567Z'],
    ['13:05', 'HH:mm', '0001-01-01 13:05:00'],
    ["5 o'clock", 'H "o\'clock"', '0001-01-01 05:00:00'],
  ])('reads %s in the format %s', (text, format, result) => {
    expect(read(text, format)).toBe(result);
  });

  it.each([
    ['2020-1-2', 'yyyy-MM-dd'],
    ['2020-01-02 ', 'yyyy-MM-dd'],
    ['2020-02-30', 'yyyy-MM-dd'],
    ['Monday 5 June 2009', 'dddd d MMMM yyyy'],
    ['13 AM', 'h tt'],
    ['2020-01-02', 'yyyy-MM-ddzzz'],
    ['2020-01-02+99:00', 'yyyy-MM-ddzzz'],
    ['0001-01-01+01:00', 'yyyy-MM-ddzzz'],
    ['1.5', 's.ff'],
    ['25', 'HH'],
  ])('does not read %s in the format %s', (text, format) => {
    expect(read(text, format)).toBeUndefined();
  });

  it('reads what was written in every format that keeps all of it', () => {
    const formats = [
      'o',
      'dddd, dd MMMM yyyy hh:mm:ss.fffffff tt',
      'yyyyMMddHHmmssfffffff',
      'd/M/yyyy H:m:s.FFFFFFF K',
    ];
    fc.assert(
      fc.property(anyTicks, fc.constantFrom(...formats), (ticks, format) => {
        const written = writeDate(ticks, true, format) ?? '';
        expect(readDate(written, formatPieces(format) ?? [])?.ticks).toBe(ticks);
      }),
    );
  });

  it('takes nothing but a date or undefined from any text and format', () => {
    const formats = fc.array(fc.constantFrom('d', 'dd', 'MMM', 'yyyy', 'h', 'tt', 'K', 'z', ' ', '-', 'f', '.F'), {
      maxLength: 8,
    });
    fc.assert(
      fc.property(formats, fc.string({ maxLength: 12 }), (format, text) => {
        const pieces = formatPieces(format.join(''));
        if (pieces !== undefined) expect(() => readDate(text, pieces)).not.toThrow();
      }),
    );
  });
});

describe('the calendar', () => {
  it('takes a time apart and puts it together again', () => {
    fc.assert(
      fc.property(anyTicks, (ticks) => {
        expect(ticksOf(fieldsOf(ticks))).toBe(ticks);
      }),
    );
  });

  it('counts as many intervals as were added, but for days that a month lacks', () => {
    fc.assert(
      fc.property(
        anyTicks,
        fc.constantFrom(...INTERVALS),
        fc.integer({ min: -500, max: 500 }),
        (ticks, interval, count) => {
          const moved = addInterval(ticks, interval, count);
          if (moved !== undefined && moved >= 0n && moved < 3_155_378_976_000_000_000n) {
            expect(countIntervals(ticks, moved, interval)).toBe(count);
          }
        },
      ),
    );
  });
});
