const DATE_TIME = /^(-?\d{4,6})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:\.(\d+))?(?:Z|([+-])(\d\d):(\d\d))?$/;

const MINUTE = 60_000;
const MAX_OFFSET = 14 * 60;

/**
 * Reads an xsd:dateTime (RFC 7643 §2.3.5): milliseconds since 1970, or undefined if it is none. A missing zone means
 * UTC; digits below a millisecond are cut off. `24:00:00` is the midnight that ends the day.
 */
export function parseDateTime(text: string): number | undefined {
  const match = DATE_TIME.exec(text);
  if (match === null) return undefined;
  const part = (index: number) => Number(match[index] ?? 0);
  const fraction = match[7] ?? '';
  const date = dateOf(part(1), part(2), part(3));
  if (date === undefined || !isTime(part(4), part(5), part(6), fraction)) return undefined;
  const offset = part(9) * 60 + part(10);
  if (offset > MAX_OFFSET || part(10) > 59) return undefined;
  date.setUTCHours(part(4), part(5), part(6), Number(fraction.slice(0, 3).padEnd(3, '0')));
  const time = date.getTime() + (match[8] === '-' ? offset : -offset) * MINUTE;
  return Number.isNaN(new Date(time).getTime()) ? undefined : time;
}

function dateOf(year: number, month: number, day: number): Date | undefined {
  const date = new Date(0);
  // Not Date.UTC, which reads the years 0 to 99 as 1900 to 1999.
  date.setUTCFullYear(year, month - 1, day);
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day ? date : undefined;
}

function isTime(hour: number, minute: number, second: number, fraction: string): boolean {
  if (hour === 24) return minute === 0 && second === 0 && !/[1-9]/.test(fraction);
  return hour < 24 && minute < 60 && second < 60;
}
