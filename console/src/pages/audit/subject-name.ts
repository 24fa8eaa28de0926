import type { AuditEntryView } from '@rollcall/server/contract';

const ID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** What people call the subject: what has an id instead of a slug is shown by the name that the entry holds. */
export function subjectName({ subject, before, after }: Pick<AuditEntryView, 'subject' | 'before' | 'after'>): string {
  if (!ID.test(subject)) return subject;
  return nameIn(after) ?? nameIn(before) ?? subject;
}

function nameIn(state: unknown): string | undefined {
  if (typeof state !== 'object' || state === null) return undefined;
  const names = Object.entries(state).filter(([key]) => key === 'name' || key === 'userName');
  return names.map(([, value]) => value).find((value) => typeof value === 'string');
}
