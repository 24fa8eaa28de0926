import { cap } from './cap.ts';
import type { HandedEntry } from './message.ts';
import { redact } from './redact.ts';

/** What may be stored: no secrets, and of each body as much as is kept. Redacted first: a cut could hide a secret's name. */
export function keepable(entry: HandedEntry, bodyBytes: number): HandedEntry {
  const redacted = redact(entry);
  const request = cap(redacted.requestBody ?? '', bodyBytes);
  const response = cap(redacted.responseBody ?? '', bodyBytes);
  return {
    ...redacted,
    requestBody: redacted.requestBody === null ? null : request.text,
    requestBodyCut: entry.requestBodyCut + request.cut,
    responseBody: redacted.responseBody === null ? null : response.text,
    responseBodyCut: entry.responseBodyCut + response.cut,
  };
}
