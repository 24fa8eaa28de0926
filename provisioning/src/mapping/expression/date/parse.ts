import { MONTHS } from './names.ts';
import { fullYear, offsetMinutes } from './read.ts';
import { isRepresentable, TICKS_PER_SECOND, type Ticks, ticksOf } from './ticks.ts';

/** `h:mm`, `HH:mm:ss.fffffff`, each with AM or PM or without. */
const TIME =
  '(?<hour>\\d{1,2}):(?<minute>\\d{2})(?::(?<second>\\d{2})(?:[.,](?<fraction>\\d{1,9}))?)?(?: ?(?<half>[AaPp])[Mm])?';
const ZONE = '(?<zone>Z|z|GMT|UTC|[+-]\\d{1,2}(?::?\\d{2})?)';
const MONTH = `(?<name>${MONTHS.map((month) => `${month.slice(0, 3)}(?:${month.slice(3)})?`).join('|')})\\.?`;
const REST = `(?:(?:[ T]|, )${TIME})?(?: ?${ZONE})?`;

/** Year first as in ISO 8601; month first as in the United States; day and month by name. */
const FORMS: readonly RegExp[] = [
  `(?<year>\\d{4})([-/.])(?<month>\\d{1,2})\\2(?<day>\\d{1,2})${REST}`,
  `(?<month>\\d{1,2})([-/])(?<day>\\d{1,2})\\2(?<year>\\d{4}|\\d{2})${REST}`,
  `(?:[A-Za-z]{3,9},? )?(?<day>\\d{1,2})[ -]${MONTH}[ -](?<year>\\d{4}|\\d{2})${REST}`,
  `(?:[A-Za-z]{6,9}, )?${MONTH} (?<day>\\d{1,2}),? (?<year>\\d{4})${REST}`,
].map((form) => new RegExp(`^${form}$`, 'i'));

/**
 * Reads a date in one of the forms that .NET's DateTime.Parse takes in the invariant culture: ISO 8601 (a date alone
 * may have an offset), `M/d/yyyy h:mm:ss tt`, `Mon, 15 Jun 2009 20:45:30 GMT`, `March 16, 2020`. A time without a zone
 * is UTC. Undefined for every other text.
 */
export function parseDate(text: string): Ticks | undefined {
  const trimmed = text.trim().replace(/\s+/g, ' ');
  if (trimmed.length > 60) return undefined;
  for (const form of FORMS) {
    const parts = form.exec(trimmed)?.groups;
    if (parts !== undefined) return ticksOfParts(parts);
  }
  return undefined;
}

function ticksOfParts(parts: Readonly<Record<string, string | undefined>>): Ticks | undefined {
  const { year = '', month, name, day, hour = '0', minute, second, fraction = '', half, zone = 'Z' } = parts;
  const written = Number(hour);
  if (half !== undefined && (written < 1 || written > 12)) return undefined;
  const ticks = ticksOf({
    year: year.length === 2 ? fullYear(Number(year)) : Number(year),
    month: name === undefined ? Number(month) : monthOf(name),
    day: Number(day),
    hour: half === undefined ? written : (written % 12) + (/p/i.test(half) ? 12 : 0),
    minute: Number(minute ?? 0),
    second: Number(second ?? 0),
    fraction: Number(fraction.slice(0, 7).padEnd(7, '0')),
  });
  const offset = offsetMinutes(zone);
  if (ticks === undefined || Math.abs(offset) > 14 * 60) return undefined;
  const moved = ticks - BigInt(offset * 60) * TICKS_PER_SECOND;
  return isRepresentable(moved) ? moved : undefined;
}

function monthOf(name: string): number {
  return MONTHS.findIndex((month) => month.slice(0, 3).toLowerCase() === name.slice(0, 3).toLowerCase()) + 1;
}
