import { invalidSyntax, invalidValue } from '../error.ts';
import { isArray, isObject, type Json, type JsonObject } from '../json.ts';
import type { Member } from '../patch/operation.ts';
import { arrayOfLoneValue } from '../quirks/lone-value.ts';
import { ignoreUnknown } from '../quirks/unknown-attribute.ts';
import { elementOfString } from '../quirks/value-as-string.ts';
import type { Rules } from '../rules.ts';
import type { AttributeDefinition } from '../schema/definition.ts';
import { subAttributesOf } from '../schema/resolve.ts';
import { readSimpleValue } from '../value/read-simple-value.ts';

/**
 * Reads the members of a group: each with its id, once, and with what else was sent of it. Null sub-attributes and
 * unknown ones are dropped. `definition` is the `members` attribute. Throws `invalidValue` naming the position when an
 * element has no id. A lone element or a bare id is taken only with tolerant rules; callers that may take a lone
 * element by the standard wrap it first. Linear in the number of elements, which is not limited.
 */
export function readMembers(
  definition: AttributeDefinition,
  value: Json,
  rules: Rules,
  where: string,
): readonly Member[] {
  if (value === null) return [];
  const elements = isArray(value) ? value : arrayOfLoneValue(value, rules, where);
  if (elements === undefined) throw invalidValue(`${where} must be an array of members.`);
  const members = new Map<string, Member>();
  for (const [index, element] of elements.entries()) {
    if (element === null) continue;
    const member = readMember(definition, element, rules, `${where}[${index}]`);
    members.set(member.value, merged(members.get(member.value), member));
  }
  return [...members.values()];
}

function readMember(definition: AttributeDefinition, element: Json, rules: Rules, where: string): Member {
  const given = typeof element === 'string' ? elementOfString(definition, element, rules, where) : element;
  if (!isObject(given)) throw invalidValue(`${where} must be an object with the member's id as its value.`);
  const { value, sent } = readSubAttributes(definition, given, rules, where);
  if (value === undefined || value === '') throw invalidValue(`${where}.value must be the id of the member.`);
  return { value, sent };
}

function readSubAttributes(
  definition: AttributeDefinition,
  element: JsonObject,
  rules: Rules,
  where: string,
): { value: string | undefined; sent: JsonObject | undefined } {
  const subAttributes = subAttributesOf(definition);
  let value: string | undefined;
  let sent: Record<string, Json> | undefined;
  for (const [name, given] of Object.entries(element)) {
    const sub = subAttributes.get(name.toLowerCase());
    if (sub === undefined) {
      ignoreUnknown(rules, `${where}.${name}`);
      continue;
    }
    if (given === null) continue;
    const read = readSimpleValue(sub, given, rules, `${where}.${sub.name}`);
    const known = sub.name === 'value' ? value : sent?.[sub.name];
    if (known !== undefined) throw invalidSyntax(`${where}.${sub.name} is given twice, in different case.`);
    if (sub.name === 'value') value = String(read);
    else sent = { ...sent, [sub.name]: read };
  }
  return { value, sent };
}

function merged(known: Member | undefined, member: Member): Member {
  if (known?.sent === undefined || member.sent === undefined) return known?.sent === undefined ? member : known;
  return { value: member.value, sent: { ...known.sent, ...member.sent } };
}
