import type { FormatPiece } from './format.ts';
import { MONTHS, WEEKDAYS } from './names.ts';
import { isRepresentable, TICKS_PER_SECOND, type Ticks, ticksOf, weekdayOf } from './ticks.ts';

/** A time, and whether the text said which zone it is of. */
export interface ReadDate {
  readonly ticks: Ticks;
  readonly utc: boolean;
}

interface Reader {
  readonly text: string;
  index: number;
  year: number;
  month: number;
  day: number;
  hour: number;
  minute: number;
  second: number;
  fraction: number;
  weekday: number | undefined;
  twelve: boolean;
  afternoon: boolean;
  /** Minutes east of UTC. */
  offset: number | undefined;
}

/**
 * Reads a date that is written exactly in a .NET format (DateTime.ParseExact, invariant culture); an offset is
 * subtracted, so that the result is UTC. Without a year it is of year 1. Undefined when the text is not in the format.
 */
export function readDate(text: string, pieces: readonly FormatPiece[]): ReadDate | undefined {
  const start = { year: 1, month: 1, day: 1, hour: 0, minute: 0, second: 0, fraction: 0 };
  const unset = { weekday: undefined, twelve: false, afternoon: false, offset: undefined };
  const reader: Reader = { text, index: 0, ...start, ...unset };
  for (const [index, piece] of pieces.entries()) if (!readPiece(reader, piece, pieces[index + 1])) return undefined;
  return reader.index === text.length ? dateOf(reader) : undefined;
}

function dateOf(reader: Reader): ReadDate | undefined {
  const { twelve, afternoon, offset, weekday } = reader;
  if (twelve && reader.hour > 12) return undefined;
  const hour = twelve ? (reader.hour % 12) + (afternoon ? 12 : 0) : reader.hour;
  const ticks = ticksOf({ ...reader, hour });
  if (ticks === undefined || (weekday !== undefined && weekdayOf(ticks) !== weekday)) return undefined;
  const moved = ticks - BigInt((offset ?? 0) * 60) * TICKS_PER_SECOND;
  return isRepresentable(moved) ? { ticks: moved, utc: offset !== undefined } : undefined;
}

function readPiece(reader: Reader, piece: FormatPiece, next: FormatPiece | undefined): boolean {
  if (piece.kind === 'field') return readField(reader, piece.letter, piece.length);
  if (reader.text.startsWith(piece.text, reader.index)) {
    reader.index += piece.text.length;
    return true;
  }
  // The point before `FFF` may be missing with the digits.
  return piece.text === '.' && next?.kind === 'field' && next.letter === 'F';
}

function readField(reader: Reader, letter: string, length: number): boolean {
  if (letter === 'd' && length > 2) return setName(reader, 'weekday', WEEKDAYS, length, 0);
  if (letter === 'M' && length > 2) return setName(reader, 'month', MONTHS, length, 1);
  if (letter === 'd') return setNumber(reader, 'day', length);
  if (letter === 'M') return setNumber(reader, 'month', length);
  if (letter === 'y') return readYear(reader, length);
  if (letter === 'h') reader.twelve = true;
  if (letter === 'h' || letter === 'H') return setNumber(reader, 'hour', length);
  if (letter === 'm') return setNumber(reader, 'minute', length);
  if (letter === 's') return setNumber(reader, 'second', length);
  if (letter === 'f' || letter === 'F') return readFraction(reader, letter === 'f' ? length : 0, length);
  if (letter === 't') return readHalf(reader, length);
  if (letter === 'z') return readOffset(reader, length > 2 ? /[+-]\d{1,2}:?\d{2}/y : /[+-]\d{1,2}/y);
  if (letter === 'Z') return readOffset(reader, /Z|GMT/y);
  if (letter === 'K') return readOffset(reader, /Z|[+-]\d{2}:?\d{2}|/y);
  return take(reader, /A\.?D\.?/iy) !== undefined;
}

/** Moves past what the sticky pattern matches. */
function take(reader: Reader, pattern: RegExp): string | undefined {
  pattern.lastIndex = reader.index;
  const [text] = pattern.exec(reader.text) ?? [];
  reader.index += text?.length ?? 0;
  return text;
}

/** One letter reads one or two digits, more letters exactly as many. */
function digits(reader: Reader, length: number): string | undefined {
  return take(reader, length === 1 ? /\d{1,2}/y : new RegExp(`\\d{${length}}`, 'y'));
}

function setNumber(reader: Reader, field: 'day' | 'month' | 'hour' | 'minute' | 'second', length: number): boolean {
  const read = digits(reader, Math.min(length, 2));
  if (read !== undefined) reader[field] = Number(read);
  return read !== undefined;
}

/** Two digits mean a year up to 2049 (.NET: GregorianCalendar.TwoDigitYearMax). */
function readYear(reader: Reader, length: number): boolean {
  const read = digits(reader, length);
  if (read === undefined) return false;
  const number = Number(read);
  reader.year = length > 2 ? number : fullYear(number);
  return true;
}

export function fullYear(twoDigits: number): number {
  return twoDigits + (twoDigits < 50 ? 2000 : 1900);
}

function setName(
  reader: Reader,
  field: 'weekday' | 'month',
  names: readonly string[],
  length: number,
  first: number,
): boolean {
  const rest = reader.text.slice(reader.index, reader.index + 12).toLowerCase();
  const written = names.map((name) => (length === 3 ? name.slice(0, 3) : name).toLowerCase());
  const index = written.findIndex((name) => rest.startsWith(name));
  if (index === -1) return false;
  reader.index += written[index]?.length ?? 0;
  reader[field] = index + first;
  return true;
}

function readFraction(reader: Reader, least: number, most: number): boolean {
  const read = take(reader, new RegExp(`\\d{${least},${most}}`, 'y'));
  if (read !== undefined) reader.fraction = Number(read.padEnd(7, '0'));
  return read !== undefined;
}

function readHalf(reader: Reader, length: number): boolean {
  const read = take(reader, length === 1 ? /[ap]/iy : /[ap]m/iy);
  reader.afternoon = read !== undefined && /^p/i.test(read);
  return read !== undefined;
}

function readOffset(reader: Reader, pattern: RegExp): boolean {
  const read = take(reader, pattern);
  if (read === undefined) return false;
  reader.offset = read === '' ? undefined : offsetMinutes(read);
  return reader.offset === undefined || Math.abs(reader.offset) <= 14 * 60;
}

/** Minutes of `Z`, `GMT`, `+8`, `-07:00` or `+0530`. */
export function offsetMinutes(text: string): number {
  const [, sign, hours = '0', minutes = '0'] = /^([+-])(\d{1,2}?):?(\d{2})?$/.exec(text) ?? [];
  return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes));
}
