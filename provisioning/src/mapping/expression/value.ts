/** One role of `appRoleAssignments`: `value`, `display` (or `displayName`), `type`, `primary`. */
export type ExpressionRecord = Readonly<Record<string, string | number | boolean>>;

/** What an expression works with. An absent attribute is null; only role assignments are records. */
export type ExpressionValue = null | string | number | boolean | readonly string[] | readonly ExpressionRecord[];

/** Whether a value is a list: of strings, or of records. */
export function isList(value: ExpressionValue): value is readonly string[] | readonly ExpressionRecord[] {
  return Array.isArray(value);
}

/**
 * The text of a single value: `True` and `False` for booleans, as .NET writes them. A list of one string is that
 * string, an empty list is null. Undefined for several values and for records, which have no single text.
 */
export function textOf(value: ExpressionValue): string | null | undefined {
  if (value === null || typeof value === 'string') return value;
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (typeof value === 'number') return String(value);
  if (value.length === 0) return null;
  const [only] = value;
  return value.length === 1 && typeof only === 'string' ? only : undefined;
}

/** Null, the empty string or a list without elements. */
export function isEmpty(value: ExpressionValue): boolean {
  return value === null || value === '' || (isList(value) && value.length === 0);
}

/** Boolean values, numbers other than 0, and texts that read `true` (in any case) or as such a number are true. */
export function isTrue(value: ExpressionValue): boolean {
  if (typeof value === 'boolean') return value;
  if (typeof value === 'number') return value !== 0;
  const text = textOf(value)?.trim();
  if (text === undefined || text === '') return false;
  return /^true$/i.test(text) || (numberOf(text) ?? 0) !== 0;
}

/** The number that a text in decimal notation stands for, blanks around it allowed; undefined for any other text. */
export function numberOf(text: string): number | undefined {
  const trimmed = text.trim();
  return /^[+-]?(\d+(\.\d*)?|\.\d+)$/.test(trimmed) ? Number(trimmed) : undefined;
}

/** The integer of a text in decimal or, with the prefix `&H`, in hexadecimal notation; undefined for any other text. */
export function integerOf(text: string): bigint | undefined {
  const trimmed = text.trim();
  if (trimmed.length > 40) return undefined;
  if (/^&H[0-9A-F]+$/i.test(trimmed)) return BigInt(`0x${trimmed.slice(2)}`);
  return /^[+-]?\d+$/.test(trimmed) ? BigInt(trimmed.replace('+', '')) : undefined;
}

/** An integer as a value: a number while a number holds it exactly, its digits otherwise. */
export function integerValue(integer: bigint): number | string {
  const number = Number(integer);
  return Number.isSafeInteger(number) ? number : String(integer);
}
