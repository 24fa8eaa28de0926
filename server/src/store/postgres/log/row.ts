import type { EntryRow } from '../../log/row.ts';
import type { Row } from '../../statements.ts';

const SMALL = `n, server, at, method, status, duration, members_skipped, request_body_cut, response_body_cut, id, address,
  token, url, reason, notes, request_headers, response_headers,
  coalesce(octet_length(request_body), 0) AS request_bytes, coalesce(octet_length(response_body), 0) AS response_bytes`;

/** The columns that `fromRow` reads. */
export const WITH_BODIES = `${SMALL}, request_body, response_body`;
/** The same; bodies of their own place on the disk are not read. */
export const WITHOUT_BODIES = `${SMALL}, NULL AS request_body, NULL AS response_body`;

// Its columns are those that the constants above select.
export const entryRow = (row: Row): EntryRow => row as unknown as EntryRow;
