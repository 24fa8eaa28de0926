import { isArray, isObject, type Json } from '@rollcall/scim';

/** The value below keys and positions: `valueAt(body, 'Resources', 0, 'id')`. */
export function valueAt(value: Json | undefined, ...steps: readonly (string | number)[]): Json | undefined {
  let found = value;
  for (const step of steps) {
    if (typeof step === 'number') found = isArray(found) ? found[step] : undefined;
    else found = isObject(found) && Object.hasOwn(found, step) ? found[step] : undefined;
  }
  return found;
}

/** The same, of a text that must be there. */
export function textAt(value: Json | undefined, ...steps: readonly (string | number)[]): string {
  const found = valueAt(value, ...steps);
  if (typeof found !== 'string') throw new Error(`No text at ${steps.join('.')} of ${JSON.stringify(value)}`);
  return found;
}

/** The same, of a list that must be there. */
export function listAt(value: Json | undefined, ...steps: readonly (string | number)[]): readonly Json[] {
  const found = valueAt(value, ...steps);
  if (!isArray(found)) throw new Error(`No list at ${steps.join('.')} of ${JSON.stringify(value)}`);
  return found;
}
