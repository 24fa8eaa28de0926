import type { Rules } from '../rules.ts';
import { note } from './note.ts';

const NAME = 'boolean-as-string';

const BOOLEANS: ReadonlyMap<string, boolean> = new Map([
  ['true', true],
  ['false', false],
]);

/**
 * `"True"` and `"False"` for a boolean attribute. Entra's default dialect sends `active` so in PATCH, and `primary` of
 * roles also in POST (ssoready/ssoready#155, rancher/rancher#54025, scimmyjs/scimmy#86; its compatibility page).
 * Undefined when the text is no boolean or the rules are strict.
 */
export function booleanOfString(text: string, rules: Rules, where: string): boolean | undefined {
  if (rules.compatibility === 'strict') return undefined;
  const value = BOOLEANS.get(text.toLowerCase());
  if (value !== undefined) note(rules, NAME, where);
  return value;
}
