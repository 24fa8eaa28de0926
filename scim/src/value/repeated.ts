import { isObject, type Json } from '../json.ts';
import type { AttributeDefinition } from '../schema/definition.ts';

/** Leaves out elements that repeat an earlier one exactly (RFC 7643 §2.4); order of sub-attributes does not count. */
export function withoutRepeated(definition: AttributeDefinition, elements: readonly Json[]): readonly Json[] {
  if (elements.length < 2) return elements;
  const seen = new Set<string>();
  const kept = elements.filter((element) => {
    const text = textOf(definition, element);
    if (seen.has(text)) return false;
    seen.add(text);
    return true;
  });
  return kept.length === elements.length ? elements : kept;
}

function textOf(definition: AttributeDefinition, element: Json): string {
  if (!isObject(element)) return JSON.stringify(element);
  let text = '';
  for (const { name } of definition.subAttributes ?? []) {
    const value = element[name];
    text += value === undefined ? ',' : `${JSON.stringify(value)},`;
  }
  return text;
}
