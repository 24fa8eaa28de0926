import type { Rules } from '../rules.ts';
import { note } from './note.ts';

const NAME = 'number-as-string';

// Longer ones would not survive as a double.
const NUMBER = /^-?\d{1,16}(?:\.\d{1,16})?$/;

/**
 * `"42"` for a number attribute. Entra's default dialect sends scalars of every type as strings in PATCH (Microsoft's
 * SCIM compatibility page, MicrosoftDocs/azure-docs#11784), and SCIM-SDK's client `startIndex` and `count` of a search
 * request. Undefined when the text is no number or the rules are strict.
 */
export function numberOfString(text: string, rules: Rules, where: string): number | undefined {
  if (rules.compatibility === 'strict' || !NUMBER.test(text)) return undefined;
  note(rules, NAME, where);
  return Number(text);
}
