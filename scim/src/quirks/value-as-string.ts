import type { JsonObject } from '../json.ts';
import type { Rules } from '../rules.ts';
import type { AttributeDefinition } from '../schema/definition.ts';
import { resolveSubAttribute } from '../schema/resolve.ts';
import { note } from './note.ts';

const NAME = 'value-as-string';

/**
 * `"emails": ["a@x"]` for an element that should be an object: the string is its `value`. Microsoft's own gallery tests
 * send group members so, and administrators map `Split(...)` into multi-valued attributes (MicrosoftDocs Q&A 1693075).
 * Undefined when the attribute has no textual `value` or the rules are strict.
 */
export function elementOfString(
  definition: AttributeDefinition,
  text: string,
  rules: Rules,
  where: string,
): JsonObject | undefined {
  if (rules.compatibility === 'strict') return undefined;
  const type = resolveSubAttribute(definition, 'value')?.type;
  if (type !== 'string' && type !== 'reference' && type !== 'binary') return undefined;
  note(rules, NAME, where);
  return { value: text };
}
