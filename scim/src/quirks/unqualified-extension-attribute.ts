import type { Rules } from '../rules.ts';
import { resolveAttribute } from '../schema/resolve.ts';
import type { AttributeReference, ResourceType } from '../schema/resource-type.ts';
import { note } from './note.ts';

/**
 * `manager` or `department` without the URN of the extension that has it. Entra's older documentation patches
 * `path: "manager"` and its reference check filters by `manager eq "U12"`; RFC 7644 §3.10 looks such a name up among the
 * core attributes only.
 */
const NAME = 'unqualified-extension-attribute';

/**
 * The attribute that `text` names. Tolerant rules also find an unqualified name in an extension, when only one
 * extension has it and the core schema has not, and leave a note. Undefined when there is no such attribute.
 */
export function resolveUnqualified(type: ResourceType, text: string, rules: Rules): AttributeReference | undefined {
  const certain = resolveAttribute(type, text, { guessExtension: false });
  if (certain !== undefined || rules.compatibility === 'strict') return certain;
  const guessed = resolveAttribute(type, text, { guessExtension: true });
  if (guessed !== undefined) note(rules, NAME, text);
  return guessed;
}
