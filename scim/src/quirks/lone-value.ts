import type { Json } from '../json.ts';
import type { Rules } from '../rules.ts';
import { note } from './note.ts';

const NAME = 'lone-value';

/**
 * One value where an array of values belongs: `"emails": {"value": "a@x"}`. RFC 7644 §3.5.2.1 lets PATCH do so, and
 * clients build their POST and PUT with the same code. Undefined when the rules are strict.
 */
export function arrayOfLoneValue(value: Json, rules: Rules, where: string): readonly Json[] | undefined {
  if (rules.compatibility === 'strict') return undefined;
  note(rules, NAME, where);
  return [value];
}
