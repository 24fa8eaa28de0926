import type { Selectable } from 'kysely';
import type { StoredLogEntry } from '../../request-log/contract.ts';
import type { EntryTable } from './tables.ts';

/** An entry before the log has numbered it. */
export type NewLogEntry = Omit<StoredLogEntry, 'n'>;
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

/** The entry that a row keeps. */
export function fromRow(row: Selectable<EntryTable>): StoredLogEntry {
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
    responseHeaders: JSON.parse(row.response_headers),
    responseBody: row.response_body,
    responseBodyCut: row.response_body_cut,
    notes: JSON.parse(row.notes),
    membersSkipped: row.members_skipped,
    reason: row.reason,
  };
}
