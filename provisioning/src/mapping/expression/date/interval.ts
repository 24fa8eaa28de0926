import { daysInMonth, fieldsOf, TICKS_PER_DAY, TICKS_PER_SECOND, type Ticks, ticksOf } from './ticks.ts';

/** The intervals of DateAdd and DateDiff, as Visual Basic writes them. */
export const INTERVALS = ['yyyy', 'm', 'd', 'ww', 'h', 'n', 's'] as const;

export type Interval = (typeof INTERVALS)[number];

const LENGTHS: ReadonlyMap<Interval, bigint> = new Map([
  ['ww', 7n * TICKS_PER_DAY],
  ['d', TICKS_PER_DAY],
  ['h', 3600n * TICKS_PER_SECOND],
  ['n', 60n * TICKS_PER_SECOND],
  ['s', TICKS_PER_SECOND],
]);

/** A time moved by whole intervals; a day that the month lacks becomes its last one. Undefined outside the calendar. */
export function addInterval(ticks: Ticks, interval: Interval, count: number): Ticks | undefined {
  const length = LENGTHS.get(interval);
  if (length !== undefined) return ticks + BigInt(count) * length;
  const fields = fieldsOf(ticks);
  const months = fields.year * 12 + fields.month - 1 + (interval === 'm' ? count : count * 12);
  const year = Math.floor(months / 12);
  const month = months - year * 12 + 1;
  if (year < 1 || year > 9999) return undefined;
  return ticksOf({ ...fields, year, month, day: Math.min(fields.day, daysInMonth(year, month)) });
}

/**
 * How many boundaries of the interval lie between two times, as Visual Basic counts them: weeks begin on Sundays, and
 * from 23:59 to 0:01 it is a day. Negative when `to` is earlier.
 */
export function countIntervals(from: Ticks, to: Ticks, interval: Interval): number {
  return Number(ordinal(to, interval) - ordinal(from, interval));
}

function ordinal(ticks: Ticks, interval: Interval): bigint {
  const { year, month } = fieldsOf(ticks);
  if (interval === 'yyyy') return BigInt(year);
  if (interval === 'm') return BigInt(year * 12 + month);
  // The calendar begins on a Monday; a day more makes weeks begin on Sundays.
  if (interval === 'ww') return (ticks / TICKS_PER_DAY + 1n) / 7n;
  return ticks / (LENGTHS.get(interval) ?? TICKS_PER_SECOND);
}
