/** Intervals of 100 ns since 0001-01-01T00:00Z, as .NET counts time. */
export type Ticks = bigint;

export const TICKS_PER_SECOND = 10_000_000n;
export const TICKS_PER_DAY = 86_400n * TICKS_PER_SECOND;

/** 1970-01-01 and 1601-01-01, where JavaScript and Windows begin to count. */
export const UNIX_EPOCH: Ticks = 621_355_968_000_000_000n;
export const FILETIME_EPOCH: Ticks = 504_911_232_000_000_000n;

const END: Ticks = 3_155_378_976_000_000_000n;

/** A date of the Gregorian calendar and a time of day, in UTC. */
export interface DateFields {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  /** Ticks of the second begun: 0 to 9,999,999. */
  readonly fraction: number;
}

/** Whether .NET has such a time: the years 1 to 9999. */
export function isRepresentable(ticks: Ticks): boolean {
  return ticks >= 0n && ticks < END;
}

/** Undefined for a day or a time that does not exist. */
export function ticksOf(fields: DateFields): Ticks | undefined {
  const { year, month, day, hour, minute, second, fraction } = fields;
  if (year < 1 || year > 9999 || hour > 23 || minute > 59 || second > 59) return undefined;
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  if (date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day) return undefined;
  const seconds = BigInt(date.getTime() / 1000 + hour * 3600 + minute * 60 + second);
  return UNIX_EPOCH + seconds * TICKS_PER_SECOND + BigInt(fraction);
}

export function fieldsOf(ticks: Ticks): DateFields {
  const seconds = ticks / TICKS_PER_SECOND - UNIX_EPOCH / TICKS_PER_SECOND;
  const date = new Date(Number(seconds) * 1000);
  return {
    year: date.getUTCFullYear(),
    month: date.getUTCMonth() + 1,
    day: date.getUTCDate(),
    hour: date.getUTCHours(),
    minute: date.getUTCMinutes(),
    second: date.getUTCSeconds(),
    fraction: Number(ticks % TICKS_PER_SECOND),
  };
}

/** 0 is Sunday. The first day of the calendar was a Monday. */
export function weekdayOf(ticks: Ticks): number {
  return Number((ticks / TICKS_PER_DAY + 1n) % 7n);
}

/** How many days a month has. */
export function daysInMonth(year: number, month: number): number {
  const date = new Date(0);
  date.setUTCFullYear(year, month, 0);
  return date.getUTCDate();
}
