import { createHash, timingSafeEqual } from 'node:crypto';
import { expiredCursor, invalidCount, invalidCursor } from '@rollcall/scim';
import { z } from 'zod';
import type { Exchange } from '../http/exchange.ts';
import type { Position } from '../store/contract.ts';

const contents = z.tuple([
  z.number(), // issued, in seconds
  z.string(), // hash of identity server, endpoint, filter and sort
  z.number(), // count of the first request
  z.union([z.string(), z.number(), z.boolean(), z.null()]), // sort key of the last row
  z.number(), // its seq
]);

/** Identifies a query: a cursor of one query is refused by every other (RFC 9865 §2, §5.2). */
export function queryHash(exchange: Exchange, endpoint: string, filter: string, sort: string): string {
  const text = JSON.stringify([exchange.server.id, endpoint, filter, sort]);
  return createHash('sha256').update(text).digest('base64url').slice(0, 22);
}

/** A cursor: what it says and an HMAC over it, in unreserved characters only (RFC 9865 §2). */
export function writeCursor(exchange: Exchange, query: string, count: number, position: Position): string {
  const issued = Math.floor(exchange.now / 1000);
  const payload = Buffer.from(JSON.stringify([issued, query, count, position.key, position.seq])).toString('base64url');
  return `${payload}.${exchange.sign(payload)}`;
}

/**
 * The position that a cursor says. Errors: `invalidCursor` for anything that this server did not sign for this very
 * query, `expiredCursor` past its time, `invalidCount` when the count differs from the first request's.
 */
export function readCursor(exchange: Exchange, query: string, count: number | undefined, cursor: string): Position {
  const dot = cursor.indexOf('.');
  const payload = cursor.slice(0, Math.max(dot, 0));
  const expected = Buffer.from(exchange.sign(payload));
  const given = Buffer.from(cursor.slice(dot + 1));
  if (expected.length !== given.length || !timingSafeEqual(expected, given)) throw unusable();
  const parsed = contents.safeParse(JSON.parse(Buffer.from(payload, 'base64url').toString()));
  if (!parsed.success) throw unusable();
  const [issued, cursorQuery, cursorCount, key, seq] = parsed.data;
  if (cursorQuery !== query) throw unusable();
  if (exchange.now / 1000 - issued > exchange.limits.cursorTimeout) {
    throw expiredCursor('The cursor is no longer valid; begin the query again without it.');
  }
  if (count !== undefined && count !== cursorCount) {
    throw invalidCount(`count must stay ${cursorCount}, as in the query's first request.`);
  }
  return { key, seq };
}

const unusable = () =>
  invalidCursor('The cursor does not belong to this query; send it with the parameters it came from, or begin again.');
