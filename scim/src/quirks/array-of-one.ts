import type { Json } from '../json.ts';
import type { Rules } from '../rules.ts';
import { note } from './note.ts';

const NAME = 'array-of-one';

/**
 * An array of one object where a single one belongs: `"manager": [{"value": "<id>"}]`, the documented shape of Entra's
 * first jobs. An empty array clears, as null does. Undefined when there are more or the rules are strict.
 */
export function onlyValue(values: readonly Json[], rules: Rules, where: string): Json | undefined {
  if (rules.compatibility === 'strict' || values.length > 1) return undefined;
  note(rules, NAME, where);
  return values[0] ?? null;
}
