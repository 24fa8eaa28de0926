import type { LogEntryView } from '../contract/log.ts';
import type { StoredLogEntry } from '../request-log/contract.ts';
import { iso } from './iso.ts';

/** An entry of the request log as the admin API shows it. */
export function logEntryView(entry: StoredLogEntry): LogEntryView {
  const { at, server: _, notes, requestHeaders, responseHeaders, ...rest } = entry;
  return {
    ...rest,
    date: iso(at),
    requestHeaders: { ...requestHeaders },
    hasRequestBody: entry.requestBodyBytes > 0,
    responseHeaders: { ...responseHeaders },
    hasResponseBody: entry.responseBodyBytes > 0,
    notes: notes.map((note) => ({ ...note })),
  };
}
