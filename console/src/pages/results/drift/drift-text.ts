import type { Catalogue } from '../../../language/en/index.ts';
import { valueText } from '../value-text.ts';

type Text = Pick<Catalogue['results'], 'membersMissing' | 'membersAdded'>;

/** What was expected or found, for people: of memberships how many there are and who is missing or added. */
export function driftText(text: Text, value: unknown): string {
  if (typeof value !== 'object' || value === null || !('members' in value)) return valueText(value);
  const names = 'names' in value && Array.isArray(value.names) ? value.names.map(String) : [];
  const members = Number(value.members);
  if ('missing' in value) return text.membersMissing(members, Number(value.missing), names);
  if ('added' in value) return text.membersAdded(members, Number(value.added), names);
  return valueText(value);
}
