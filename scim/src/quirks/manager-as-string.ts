import type { JsonObject } from '../json.ts';
import type { Rules } from '../rules.ts';
import type { AttributeDefinition } from '../schema/definition.ts';
import { resolveSubAttribute } from '../schema/resolve.ts';
import { note } from './note.ts';

const NAME = 'manager-as-string';

/**
 * `"manager": "<id>"` for `"manager": {"value": "<id>"}`. Entra sends the id alone (Captain-P-Goldfish/SCIM-SDK#686,
 * apache/directory-scimple#1242, the gallery test SCIM_Update_Manager_Test). Holds for every single-valued complex
 * attribute with a textual `value`; undefined for another or when the rules are strict.
 */
export function objectOfString(
  definition: AttributeDefinition,
  text: string,
  rules: Rules,
  where: string,
): JsonObject | undefined {
  if (rules.compatibility === 'strict' || resolveSubAttribute(definition, 'value')?.type !== 'string') return undefined;
  note(rules, NAME, where);
  return { value: text };
}

/** Whether an object clears its attribute: `{"value": ""}`, as Entra's validator sends it for `manager`. */
export function clearsReference(value: JsonObject, rules: Rules, where: string): boolean {
  if (rules.compatibility === 'strict' || value.value !== '') return false;
  note(rules, NAME, where);
  return true;
}
