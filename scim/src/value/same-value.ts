import { isArray, isObject, type Json } from '../json.ts';
import type { AttributeDefinition } from '../schema/definition.ts';
import { comparisonKey } from './comparison-key.ts';

/** Whether two values of an attribute match by its type and `caseExact`; order of values and names does not count. */
export function sameValue(definition: AttributeDefinition, a: Json | undefined, b: Json | undefined): boolean {
  if (a === undefined || b === undefined) return a === b;
  if (isArray(a) && isArray(b)) {
    return a.length === b.length && a.every((value) => b.some((other) => sameElement(definition, value, other)));
  }
  return sameElement(definition, a, b);
}

function sameElement(definition: AttributeDefinition, a: Json, b: Json): boolean {
  if (isObject(a) && isObject(b)) {
    return (definition.subAttributes ?? []).every((sub) => sameValue(sub, a[sub.name], b[sub.name]));
  }
  const key = comparisonKey(definition, a);
  return key !== undefined && key === comparisonKey(definition, b);
}
