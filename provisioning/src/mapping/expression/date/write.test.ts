import { describe, expect, it } from 'vitest';
import { UNIX_EPOCH } from './ticks.ts';
import { writeDate } from './write.ts';

const iso = (text: string): bigint => UNIX_EPOCH + BigInt(Date.parse(text)) * 10_000n;

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
