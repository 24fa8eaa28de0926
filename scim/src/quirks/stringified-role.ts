import { isObject, type Json, type JsonObject } from '../json.ts';
import type { Rules } from '../rules.ts';
import type { AttributeDefinition } from '../schema/definition.ts';
import { checkText } from '../value/text.ts';
import { note } from './note.ts';

const NAME = 'stringified-role';

const MAX_LENGTH = 10_000;

/**
 * `"roles": [{"value": "{\"id\":\"...\",\"value\":\"25\",\"displayName\":\"Role25\"}"}]`: Entra's AppRoleAssignmentsComplex
 * puts a whole object, as text, where the role's value belongs (Microsoft's page on role expressions). The role's own
 * value and name are lifted out of it; anything else stays as sent. Takes and returns the role in canonical spelling.
 */
export function liftStringifiedRole(
  definition: AttributeDefinition,
  role: JsonObject | undefined,
  rules: Rules,
  where: string,
): JsonObject | undefined {
  if (rules.compatibility === 'strict' || definition.name !== 'roles') return role;
  const inner = objectIn(role?.value);
  if (role === undefined || typeof inner?.value !== 'string') return role;
  // An escape within the text can stand for a character that the text itself did not have.
  checkText(inner.value, where);
  note(rules, NAME, where);
  if (role.display !== undefined || typeof inner.displayName !== 'string') return { ...role, value: inner.value };
  checkText(inner.displayName, where);
  return { ...role, value: inner.value, display: inner.displayName };
}

function objectIn(value: Json | undefined): JsonObject | undefined {
  if (typeof value !== 'string' || !value.startsWith('{') || value.length > MAX_LENGTH) return undefined;
  try {
    // JSON.parse answers `any`; what it makes is Json.
    const parsed = JSON.parse(value) as Json;
    return isObject(parsed) ? parsed : undefined;
  } catch {
    return undefined;
  }
}
