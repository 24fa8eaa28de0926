import { invalidValue } from '../error.ts';
import type { Query } from './query.ts';

/** Which page is asked for. The empty cursor asks for the first page of a walk (RFC 9865 §2). */
export type Paging =
  | { readonly kind: 'index'; readonly startIndex: number; readonly count: number }
  | { readonly kind: 'cursor'; readonly cursor: string; readonly count: number };

export interface PageLimits {
  readonly defaultPageSize: number;
  readonly maxPageSize: number;
}

/**
 * Reads the paging parameters (RFC 7644 §3.4.2.4, RFC 9865 §2). A `startIndex` below 1 is 1, a negative `count` 0; a
 * `count` above the greatest page is a wish and is cut. Without `cursor` the page is counted by index.
 *
 * @throws invalidValue for what is no integer, and for `startIndex` together with `cursor`.
 */
export function parsePaging(query: Pick<Query, 'startIndex' | 'count' | 'cursor'>, limits: PageLimits): Paging {
  const { cursor } = query;
  const startIndex = readInteger('startIndex', query.startIndex);
  const wanted = readInteger('count', query.count) ?? limits.defaultPageSize;
  const count = clamp(wanted, 0, limits.maxPageSize);
  if (cursor === undefined) {
    return { kind: 'index', startIndex: clamp(startIndex ?? 1, 1, Number.MAX_SAFE_INTEGER), count };
  }
  if (startIndex !== undefined) throw invalidValue('startIndex and cursor exclude each other; send only one of them.');
  return { kind: 'cursor', cursor, count };
}

function readInteger(name: string, value: string | number | undefined): number | undefined {
  if (value === undefined) return undefined;
  const number = typeof value === 'number' || isDigits(value) ? Number(value) : Number.NaN;
  // Digits that pass the range of numbers read as Infinity, which is clamped like any other great number.
  if (!Number.isInteger(number) && Math.abs(number) !== Number.POSITIVE_INFINITY) {
    throw invalidValue(`${name} must be an integer.`);
  }
  return number;
}

function isDigits(text: string): boolean {
  return /^-?[0-9]+$/.test(text);
}

function clamp(value: number, least: number, greatest: number): number {
  return Math.min(Math.max(value, least), greatest);
}
