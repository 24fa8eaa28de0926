import { type Selectable, sql } from 'kysely';
import type { StoredLogEntry } from '../../request-log/contract.ts';
import { queryBuilder } from '../query-builder.ts';
import type { EntryTable, LogTables } from './tables.ts';

/** An entry before the log has numbered it. */
export type NewLogEntry = Omit<StoredLogEntry, 'n' | 'requestBodyBytes' | 'responseBodyBytes'>;
type NewRow = Omit<Selectable<EntryTable>, 'n'>;

/** The row that keeps an entry. */
export function toRow(entry: NewLogEntry): NewRow {
  return {
    server: entry.server,
    at: entry.at,
    method: entry.method,
    status: entry.status,
    duration: entry.durationMs,
    members_skipped: entry.membersSkipped,
    request_body_cut: entry.requestBodyCut,
    response_body_cut: entry.responseBodyCut,
    id: entry.id,
    address: entry.address,
    token: entry.token,
    url: entry.url,
    reason: entry.reason,
    notes: entry.notes.length === 0 ? '[]' : JSON.stringify(entry.notes),
    request_headers: JSON.stringify(entry.requestHeaders),
    response_headers: JSON.stringify(entry.responseHeaders),
    request_body: entry.requestBody,
    response_body: entry.responseBody,
  };
}

/** A row as it is read. */
export type EntryRow = Selectable<EntryTable> & { readonly request_bytes: number; readonly response_bytes: number };

// The length of a text stands at the row's beginning: the text itself is not read for it.
const BYTES = [
  sql<number>`coalesce(octet_length(request_body), 0)`.as('request_bytes'),
  sql<number>`coalesce(octet_length(response_body), 0)`.as('response_bytes'),
] as const;
const SMALL_COLUMNS = [
  ...(['n', 'server', 'at', 'method', 'status', 'duration', 'members_skipped', 'request_body_cut'] as const),
  ...(['response_body_cut', 'id', 'address', 'token', 'url', 'reason', 'notes'] as const),
  ...(['request_headers', 'response_headers'] as const),
];
const BODIES = ['request_body', 'response_body'] as const;
const NO_BODIES = [sql<null>`NULL`.as('request_body'), sql<null>`NULL`.as('response_body')] as const;

/** Selects what `fromRow` reads: with the bodies, or without touching the pages that they are on. */
export function selectEntries(withBodies: boolean) {
  const select = queryBuilder<LogTables>().selectFrom('entry').select(SMALL_COLUMNS).select(BYTES);
  return withBodies ? select.select(BODIES) : select.select(NO_BODIES);
}

/** The entry that a row keeps. */
export function fromRow(row: EntryRow): StoredLogEntry {
  return {
    n: row.n,
    id: row.id,
    at: row.at,
    server: row.server,
    address: row.address,
    method: row.method,
    url: row.url,
    status: row.status,
    durationMs: row.duration,
    token: row.token,
    requestHeaders: JSON.parse(row.request_headers),
    requestBody: row.request_body,
    requestBodyCut: row.request_body_cut,
    requestBodyBytes: row.request_bytes + row.request_body_cut,
    responseHeaders: JSON.parse(row.response_headers),
    responseBody: row.response_body,
    responseBodyCut: row.response_body_cut,
    responseBodyBytes: row.response_bytes + row.response_body_cut,
    notes: JSON.parse(row.notes),
    membersSkipped: row.members_skipped,
    reason: row.reason,
  };
}
