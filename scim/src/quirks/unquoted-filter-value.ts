import type { Rules } from '../rules.ts';
import { note } from './note.ts';

/**
 * `userName eq j2gg0s`: a comparison value without quotes. authentik up to 2025.6 sends it, WSO2's conformance suite
 * does too (wso2/charon#168), and even the examples of RFC 7644 §3.4.2.1 and RFC 9865 leave the quotes out, against the
 * grammar of RFC 7644 §3.4.2.2.
 */
export const UNQUOTED_FILTER_VALUE = 'unquoted-filter-value';

/**
 * Reads a bare word of a filter as the string it was meant to be; undefined where the word cannot be a value: in
 * strict, for a word that begins with a single quote, and for a keyword, which shows that the value was forgotten.
 */
export function readUnquotedValue(word: string, position: number, rules: Rules | undefined): string | undefined {
  if (rules === undefined || rules.compatibility === 'strict') return undefined;
  if (word.startsWith("'") || KEYWORDS.has(word.toLowerCase())) return undefined;
  note(rules, UNQUOTED_FILTER_VALUE, `position ${position} of the filter`);
  return word;
}

const KEYWORDS: ReadonlySet<string> = new Set(['and', 'or', 'not']);
