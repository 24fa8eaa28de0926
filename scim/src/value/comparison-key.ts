import type { ComparisonKey } from '../filter/ast.ts';
import type { Json } from '../json.ts';
import type { AttributeDefinition } from '../schema/definition.ts';
import { binaryToHex } from './binary.ts';
import { parseDateTime } from './date-time.ts';
import { fold, foldUserName } from './fold.ts';

/**
 * The form in which a value of an attribute is compared (RFC 7644 §3.4.2.2), or undefined when the value has another
 * type than the attribute. A string that is unique and not case-exact is a name that somebody signs in with:
 * `userName`, and custom attributes like it, are prepared as user names (RFC 7643 §4.1.1).
 */
export function comparisonKey(definition: AttributeDefinition, value: Json): ComparisonKey | undefined {
  switch (definition.type) {
    case 'string':
    case 'reference':
      return typeof value === 'string' ? textKey(definition, value) : undefined;
    case 'boolean':
      return typeof value === 'boolean' ? value : undefined;
    case 'integer':
    case 'decimal':
      // Adding 0 makes 0 of -0, which are equal numbers and different texts.
      return typeof value === 'number' && Number.isFinite(value) ? value + 0 : undefined;
    case 'dateTime':
      return typeof value === 'string' ? parseDateTime(value) : undefined;
    case 'binary':
      return typeof value === 'string' ? binaryToHex(value) : undefined;
    case 'complex':
      return undefined;
  }
}

function textKey(definition: AttributeDefinition, text: string): string {
  if (definition.caseExact) return text;
  return definition.uniqueness === 'none' ? fold(text) : foldUserName(text);
}

/**
 * Orders two keys of one attribute: negative, zero or positive. Strings go by Unicode code point, which is the byte
 * order of UTF-8 and so that of the database; JavaScript's own order differs above U+FFFF. False comes before true.
 */
export function compareKeys(a: ComparisonKey, b: ComparisonKey): number {
  if (typeof a === 'string' && typeof b === 'string') return compareTexts(a, b);
  return Number(a) - Number(b);
}

function compareTexts(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  for (let index = 0; index < length; index++) {
    const left = a.charCodeAt(index);
    const right = b.charCodeAt(index);
    if (left !== right) return codePointRank(left) - codePointRank(right);
  }
  return a.length - b.length;
}

// UTF-16 places surrogates (U+10000 and above) before U+E000..U+FFFF; by code point they come after.
function codePointRank(unit: number): number {
  if (unit < 0xd800) return unit;
  return unit < 0xe000 ? unit + 0x2000 : unit - 0x800;
}
