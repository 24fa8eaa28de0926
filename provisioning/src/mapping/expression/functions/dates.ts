import type { CallExpression } from '../ast.ts';
import type { Call } from '../call.ts';
import { formatPieces } from '../date/format.ts';
import { addInterval, countIntervals, INTERVALS, type Interval } from '../date/interval.ts';
import { parseDate } from '../date/parse.ts';
import { readDate } from '../date/read.ts';
import { FILETIME_EPOCH, isRepresentable, type Ticks, UNIX_EPOCH } from '../date/ticks.ts';
import { dateText, writeDate } from '../date/write.ts';
import { ExpressionError } from '../error.ts';
import { type ExpressionFunction, parameters } from '../function.ts';
import { integerOf } from '../value.ts';

/** Dates are texts in UTC, `M/d/yyyy h:mm:ss tt`. An absent or empty date gives null. */
export const dateFunctions: readonly ExpressionFunction[] = [
  {
    name: 'CDate',
    group: 'dates',
    parameters: parameters('expression'),
    summary: 'Reads a date and gives it in UTC as M/d/yyyy h:mm:ss tt.',
    example: 'CDate("2021-06-30+08:00")',
    result: '6/29/2021 4:00:00 PM',
    entra: true,
    evaluate: (call) => {
      const date = dateArgument(call, 0);
      return date === null ? null : dateText(date);
    },
  },
  {
    name: 'DateAdd',
    group: 'dates',
    parameters: parameters('interval', 'value', 'dateTime'),
    summary:
      'A date moved by so many years (yyyy), months (m), weeks (ww), days (d), hours (h), minutes (n) or seconds (s).',
    example: 'DateAdd("d", 7, CDate("2012-03-16-07:00"))',
    result: '3/23/2012 7:00:00 AM',
    entra: true,
    check: (call) => checkInterval(call),
    evaluate: (call) => {
      const interval = intervalArgument(call);
      const value = call.whole(1);
      const date = dateArgument(call, 2);
      if (date === null) return null;
      const moved = addInterval(date, interval, value);
      if (moved === undefined || !isRepresentable(moved))
        throw call.failure('The date is outside the years 1 to 9999.');
      return dateText(moved);
    },
  },
  {
    name: 'DateDiff',
    group: 'dates',
    parameters: parameters('interval', 'date1', 'date2'),
    summary: 'How many boundaries of the interval (as in DateAdd) lie from the first date to the second.',
    example: 'DateDiff("d", "2021-08-18+08:00", "2021-08-31+08:00")',
    result: '13',
    entra: true,
    check: (call) => checkInterval(call),
    evaluate: (call) => {
      const interval = intervalArgument(call);
      const [from, to] = [dateArgument(call, 1), dateArgument(call, 2)];
      return from === null || to === null ? null : countIntervals(from, to, interval);
    },
  },
  {
    name: 'DateFromNum',
    group: 'dates',
    parameters: parameters('value'),
    summary: 'The date of a Windows FILETIME, the number of 100 ns since 1601.',
    example: 'DateFromNum(129699324000000000)',
    result: '1/1/2012 11:00:00 PM',
    entra: true,
    evaluate: (call) => {
      const text = call.text(0);
      if (text === null || text === '') return null;
      const integer = integerOf(text);
      if (integer === undefined) throw call.failure(`"${text.slice(0, 50)}" is no whole number.`);
      const ticks = integer + FILETIME_EPOCH;
      if (integer < 0n || !isRepresentable(ticks))
        throw call.failure(`${integer} is no date: the years end with 9999.`);
      return dateText(ticks);
    },
  },
  {
    name: 'FormatDateTime',
    group: 'dates',
    parameters: parameters('source', 'dateTimeStyles?', 'inputFormat', 'outputFormat'),
    summary: 'Writes a date in another .NET format, such as yyyy-MM-dd.',
    example: 'FormatDateTime("20150123105347.1Z", , "yyyyMMddHHmmss.fZ", "yyyy-MM-dd")',
    result: '2015-01-23',
    entra: true,
    check: (call) => {
      checkFormat(call, 2);
      checkFormat(call, 3);
    },
    evaluate: formatDateTime,
  },
  {
    name: 'Now',
    group: 'dates',
    parameters: [],
    summary: 'The current time in UTC as M/d/yyyy h:mm:ss tt.',
    example: 'Now()',
    result: '7/2/2021 3:33:38 PM',
    entra: true,
    evaluate: (call) => dateText(UNIX_EPOCH + BigInt(Math.floor(call.environment.now)) * 10_000n),
  },
  {
    name: 'NumFromDate',
    group: 'dates',
    parameters: parameters('value'),
    summary: 'The Windows FILETIME of a date in ISO 8601, the number of 100 ns since 1601.',
    example: 'NumFromDate("2012-01-01T23:00:00Z")',
    result: '129699324000000000',
    entra: true,
    evaluate: (call) => {
      const date = dateArgument(call, 0);
      if (date === null) return null;
      if (date < FILETIME_EPOCH) throw call.failure('Dates before 1601 have no FILETIME.');
      return String(date - FILETIME_EPOCH);
    },
  },
];

function dateArgument(call: Call, index: number): Ticks | null {
  const text = call.text(index)?.trim() ?? '';
  if (text === '') return null;
  const date = parseDate(text);
  if (date !== undefined) return date;
  const advice =
    'Forms such as 2020-03-16, 2020-03-16T07:00:00Z and 3/16/2020 7:00:00 AM are; others FormatDateTime reads';
  throw call.failure(`"${text.slice(0, 50)}" is not understood as a date. ${advice}.`);
}

function intervalOf(text: string): Interval | undefined {
  return INTERVALS.find((interval) => interval === text.toLowerCase());
}

function intervalArgument(call: Call): Interval {
  const interval = intervalOf(call.text(0) ?? '');
  if (interval === undefined) throw call.failure(`The interval is one of ${INTERVALS.join(', ')}.`);
  return interval;
}

function checkInterval(call: CallExpression): void {
  const [interval] = call.arguments;
  if (interval?.kind !== 'constant' || intervalOf(String(interval.value)) !== undefined) return;
  throw new ExpressionError(`The interval is one of ${INTERVALS.join(', ')}.`, interval.position);
}

function checkFormat(call: CallExpression, index: number): void {
  const format = call.arguments[index];
  if (format?.kind !== 'constant' || formatPieces(String(format.value)) !== undefined) return;
  throw new ExpressionError('This is no date format of .NET; write one such as yyyy-MM-dd HH:mm:ss.', format.position);
}

const STYLES: ReadonlySet<string> = new Set([
  'None',
  'AllowLeadingWhite',
  'AllowTrailingWhite',
  'AllowInnerWhite',
  'AllowWhiteSpaces',
  'NoCurrentDateDefault',
  'AdjustToUniversal',
  'AssumeLocal',
  'AssumeUniversal',
  'RoundtripKind',
]);

/** A time without a zone is taken for UTC, as on Microsoft's servers. */
function formatDateTime(call: Call): string | null {
  const source = call.text(0);
  if (source === null || source.trim() === '') return null;
  const styles = stylesOf(call);
  const [input, output] = [call.text(2) ?? '', call.text(3) ?? ''];
  const pieces = formatPieces(input);
  const date = pieces && readDate(trimmed(source, styles), pieces);
  if (date === undefined)
    throw call.failure(`"${source.slice(0, 50)}" is not a date in the format ${input.slice(0, 50)}.`);
  const utc = date.utc || styles.has('AssumeUniversal') || styles.has('AdjustToUniversal');
  const written = writeDate(date.ticks, utc, output);
  if (written === undefined) throw call.failure(`"${output.slice(0, 50)}" is no date format of .NET.`);
  return written;
}

/** DateTimeStyles of .NET, separated by commas. Without any, blanks at both ends are allowed. */
function stylesOf(call: Call): ReadonlySet<string> {
  const text = call.text(1)?.trim() ?? '';
  if (text === '') return new Set(['RoundtripKind', 'AllowLeadingWhite', 'AllowTrailingWhite']);
  const styles = text.split(/[,|]/).map((style) => style.trim().replace(/^DateTimeStyles\./, ''));
  const unknown = styles.find((style) => !STYLES.has(style));
  if (unknown === undefined) return new Set(styles);
  throw call.failure(`"${unknown.slice(0, 50)}" is none of the styles ${[...STYLES].join(', ')}.`);
}

function trimmed(source: string, styles: ReadonlySet<string>): string {
  const all = styles.has('AllowWhiteSpaces');
  const led = all || styles.has('AllowLeadingWhite') ? source.trimStart() : source;
  return all || styles.has('AllowTrailingWhite') ? led.trimEnd() : led;
}
