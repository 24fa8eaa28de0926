import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatPieces } from './format.ts';
import { readDate } from './read.ts';
import { writeDate } from './write.ts';

const anyTicks = fc.bigInt({ min: 0n, max: 3_155_378_975_999_999_999n });

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
