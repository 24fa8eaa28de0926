import type { LogEntry, Mention } from './contract.ts';

/** Of a request or an answer that names more, the first; a list of a thousand users is about none of them. */
const MOST = { request: 200, response: 20 };

const ID = /\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b/gi;
// In a filter, also in one that stands in JSON; and as a member of a JSON object.
const COMPARED = /\buserName\s+eq\s+\\?"((?:[^"\\]|\\[^"])+)\\?"/gi;
const GIVEN = /"userName"\s*:\s*"((?:[^"\\]|\\.)+)"/gi;

/**
 * Whom a request is about: the resources whose ids stand in its path, its body and the answer, and the user names that
 * it looks for or sends. Pure; linear in the texts' length.
 */
export function mentionsIn({ url, requestBody, responseBody }: LogEntry): Mention[] {
  const asked = decoded(url);
  const request = `${asked} ${requestBody ?? ''}`;
  return [
    ...found('id', ID, request, MOST.request),
    ...found('id', ID, responseBody ?? '', MOST.response),
    ...found('userName', COMPARED, request, MOST.request),
    ...found('userName', GIVEN, requestBody ?? '', MOST.request),
  ];
}

function found(kind: Mention['kind'], pattern: RegExp, text: string, most: number): Mention[] {
  const values = new Set<string>();
  for (const [whole, value] of text.matchAll(pattern)) {
    values.add(value ?? whole);
    if (values.size === most) break;
  }
  return [...values].map((value) => ({ kind, value }));
}

function decoded(url: string): string {
  try {
    return decodeURIComponent(url.replaceAll('+', ' '));
  } catch {
    return url;
  }
}
