import type { LogEntryView } from '@rollcall/server/contract';

/**
 * What there is to say of a request beside its status: why it was refused, how many members were skipped, what was
 * straightened. The client was told less where the reason is for the administrator alone.
 */
export function outcome(entry: LogEntryView): string {
  const skipped = entry.membersSkipped;
  const remarks = [
    entry.reason ?? (entry.status >= 400 ? errorOf(entry.responseBody) : ''),
    skipped === 0 ? '' : `${skipped} ${skipped === 1 ? 'member' : 'members'} skipped`,
    [...new Set(entry.notes.map(({ quirk }) => quirk))].join(' '),
  ];
  return remarks.filter((remark) => remark !== '').join('; ');
}

function errorOf(body: string | null): string {
  const error = parseObject(body ?? '');
  const parts = [error.scimType, error.detail].filter((part) => typeof part === 'string');
  return parts.join(': ');
}

/** A body that is cut is no JSON: then it says nothing here. */
function parseObject(text: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? { ...value } : {};
  } catch {
    return {};
  }
}
