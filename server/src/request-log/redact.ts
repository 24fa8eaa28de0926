import type { LogEntry } from './contract.ts';
import { redactJson } from './redact-json.ts';
import { REMOVED, redactLooseText, redactText } from './redact-text.ts';
import { redactUrl } from './redact-url.ts';
import { isSecretName } from './secret-name.ts';

// Most bodies hold none of these and are kept as they are: one pass instead of three. A `\u` could spell any of them.
const SUSPICIOUS = /pass|pwd|secret|token|assertion|key|authorization|cookie|bearer|basic|eyJ|\\u/i;

/** An entry without its secrets: credentials, passwords and tokens in headers, bodies, query and texts. Pure. */
export function redact<Entry extends LogEntry>(entry: Entry): Entry {
  return {
    ...entry,
    url: redactUrl(entry.url),
    requestHeaders: redactHeaders(entry.requestHeaders),
    requestBody: entry.requestBody === null ? null : redactBody(entry.requestBody),
    responseHeaders: redactHeaders(entry.responseHeaders),
    responseBody: entry.responseBody === null ? null : redactBody(entry.responseBody),
    notes: entry.notes.map((note) => (note.detail === undefined ? note : { ...note, detail: redactText(note.detail) })),
    reason: entry.reason === null ? null : redactText(entry.reason),
  };
}

function redactHeaders(headers: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  // fromEntries defines own members only: a header called `__proto__` stays a header.
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, isSecretName(name) ? REMOVED : redactHeader(name, value)]),
  );
}

function redactHeader(name: string, value: string): string {
  const isUrl = name.toLowerCase() === 'referer' || name.toLowerCase() === 'location';
  return isUrl ? redactUrl(value) : redactText(value);
}

function redactBody(body: string): string {
  if (!SUSPICIOUS.test(body) && isWhole(body)) return body;
  const redacted = redactJson(body);
  return isJson(body) ? redactText(redacted) : redactLooseText(redacted);
}

/** The name of a secret may be in a part that is missing; in no body at all nothing is. */
function isWhole(body: string): boolean {
  const end = body.trimEnd().at(-1);
  return end === undefined || end === '}' || end === ']';
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
