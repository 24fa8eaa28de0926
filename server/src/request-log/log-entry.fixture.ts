import type { LogEntry } from './contract.ts';

/** An entry as a request makes it, with what a test wants different. */
export function logEntry(different: Partial<LogEntry> = {}): LogEntry {
  return {
    id: '01900000-0000-7000-8000-000000000000',
    at: 1_700_000_000_000,
    server: 1,
    address: '192.0.2.7',
    method: 'POST',
    url: '/scim/entra/v2/Users',
    status: 201,
    durationMs: 1.5,
    token: 'Entra',
    requestHeaders: { 'content-type': 'application/scim+json' },
    requestBody: '{"userName":"mira"}',
    responseHeaders: { etag: 'W/"1"' },
    responseBody: '{"id":"1","userName":"mira"}',
    notes: [],
    membersSkipped: 0,
    reason: null,
    ...different,
  };
}
