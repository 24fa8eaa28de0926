import { type FormatPiece, formatPieces } from './format.ts';
import { MONTHS, WEEKDAYS } from './names.ts';
import { type DateFields, fieldsOf, type Ticks, weekdayOf } from './ticks.ts';

/** The text of a time as CDate, DateAdd, Now and DateFromNum give it: `M/d/yyyy h:mm:ss tt`, in UTC. */
export function dateText(ticks: Ticks): string {
  return writeDate(ticks, true, 'M/d/yyyy h:mm:ss tt') ?? '';
}

/**
 * Writes a time in a .NET format and the invariant culture; undefined for a format that .NET does not know.
 *
 * @param utc whether the time is known to be UTC: then `K` is `Z`, else nothing. `z` is +0 in both cases.
 */
export function writeDate(ticks: Ticks, utc: boolean, format: string): string | undefined {
  const pieces = formatPieces(format);
  if (pieces === undefined) return undefined;
  const fields = fieldsOf(ticks);
  let result = '';
  for (const piece of pieces) {
    const text = pieceText(piece, fields, weekdayOf(ticks), utc);
    // `.FFF` of a whole second leaves no point behind.
    const dropsPoint = text === '' && piece.kind === 'field' && piece.letter === 'F' && result.endsWith('.');
    result = dropsPoint ? result.slice(0, -1) : result + text;
  }
  return result;
}

function pieceText(piece: FormatPiece, fields: DateFields, weekday: number, utc: boolean): string {
  if (piece.kind === 'text') return piece.text;
  const { letter, length } = piece;
  const { year, month, day, hour, minute, second, fraction } = fields;
  const digits = String(fraction).padStart(7, '0').slice(0, length);
  if (letter === 'd') return length > 2 ? named(WEEKDAYS[weekday], length) : padded(day, length);
  if (letter === 'M') return length > 2 ? named(MONTHS[month - 1], length) : padded(month, length);
  if (letter === 'y') return length > 2 ? String(year).padStart(length, '0') : padded(year % 100, length);
  if (letter === 'h') return padded(hour % 12 || 12, length);
  if (letter === 'H') return padded(hour, length);
  if (letter === 'm') return padded(minute, length);
  if (letter === 's') return padded(second, length);
  if (letter === 'f') return digits;
  if (letter === 'F') return digits.replace(/0+$/, '');
  if (letter === 't') return (hour < 12 ? 'AM' : 'PM').slice(0, length);
  if (letter === 'g') return 'A.D.';
  if (letter === 'z') return length > 2 ? '+00:00' : `+${padded(0, length)}`;
  if (letter === 'K') return utc ? 'Z'.repeat(length) : '';
  return letter;
}

function padded(number: number, length: number): string {
  return String(number).padStart(Math.min(length, 2), '0');
}

function named(name = '', length: number): string {
  return length === 3 ? name.slice(0, 3) : name;
}
