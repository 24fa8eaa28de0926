import type { Json } from '@rollcall/scim';
import type { Link } from '../journal.ts';
import type { AttributeChange, Attributes } from '../target.ts';
import { isEmpty } from './same-value.ts';

/** What the target is believed to hold under a path: what was sent last, else what it answered. */
export function knownValue(link: Pick<Link, 'sent' | 'echoed'>, path: string): Json | undefined {
  const sent = link.sent.get(path);
  return isEmpty(sent) ? link.echoed.get(path) : sent;
}

/** Values after changes: what a link remembers as sent once they have succeeded. */
export function applyChanges(attributes: Attributes, changes: readonly AttributeChange[]): Attributes {
  const changed = new Map(attributes);
  for (const { path, to } of changes) {
    if (to === undefined) changed.delete(path);
    else changed.set(path, to);
  }
  return changed;
}

/**
 * What the target is known to have answered after changes that it did not echo: of the changed paths nothing, because
 * what it answered before is about the values that they replaced.
 */
export function withoutChanged(echoed: Attributes, changes: readonly AttributeChange[]): Attributes {
  const kept = new Map(echoed);
  for (const { path } of changes) kept.delete(path);
  return kept;
}
