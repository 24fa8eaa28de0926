import type { LogQuery } from '../../request-log/contract.ts';
import type { EntryRow } from './row.ts';

/** Whether an entry has the texts that a search asks for, in any case. */
export function hasTexts(row: EntryRow, query: LogQuery): boolean {
  if (query.path !== undefined && !contains(row.url, query.path)) return false;
  if (query.search === undefined) return true;
  const { search } = query;
  const texts = [
    row.id,
    row.address,
    row.token,
    row.url,
    row.reason,
    row.notes,
    row.request_headers,
    row.response_headers,
    row.request_body,
    row.response_body,
  ];
  return texts.some((text) => contains(text, search));
}

function contains(text: string | null, part: string): boolean {
  return text?.toLowerCase().includes(part.toLowerCase()) ?? false;
}
