import { isArray, type Json } from '@rollcall/scim';
import type { ErrorCode } from '../error.ts';
import type { ExpressionValue } from './expression/index.ts';
import type { TargetAttribute } from './model.ts';

/** What a target attribute gets of a value: the value in the attribute's type, nothing, or why it cannot have it. */
export type TargetValue =
  | { readonly kind: 'value'; readonly value: Json }
  | { readonly kind: 'empty' }
  | { readonly kind: 'problem'; readonly code: ErrorCode; readonly message: string };

const EMPTY: TargetValue = { kind: 'empty' };

/**
 * Puts a value into the target attribute's type: "True" into a boolean, "42" into an integer. A list of one goes into
 * an attribute that takes one value, a single value into one that takes several.
 */
export function targetValue(attribute: TargetAttribute, value: ExpressionValue): TargetValue {
  const values = isList(value) ? value : [value];
  const present = values.filter((one) => one !== null && one !== '');
  const [first] = present;
  if (first === undefined || first === null) return EMPTY;
  if (attribute.multiValued) return listValue(attribute, present);
  if (present.length === 1) return oneValue(attribute, first);
  const message = `${attribute.path} takes one value and was given ${present.length}.`;
  return { kind: 'problem', code: 'SchemaPropertyCanOnlyAcceptValue', message };
}

function listValue(attribute: TargetAttribute, values: readonly One[]): TargetValue {
  const converted: Json[] = [];
  for (const value of values) {
    const one = oneValue(attribute, value);
    if (one.kind === 'problem') return one;
    if (one.kind === 'value') converted.push(one.value);
  }
  return { kind: 'value', value: converted };
}

type One = Exclude<ExpressionValue, readonly unknown[]> | Json;

function oneValue({ path, type }: TargetAttribute, value: One): TargetValue {
  if (value === null || typeof value === 'object') return value === null ? EMPTY : { kind: 'value', value };
  if (type === 'boolean') {
    const truth = String(value).toLowerCase();
    if (truth === 'true' || truth === 'false') return { kind: 'value', value: truth === 'true' };
    return wrongType(path, value, 'True or False');
  }
  if (type === 'integer') {
    const number = Number(value);
    if (/^[+-]?\d+$/.test(String(value).trim()) && Number.isSafeInteger(number))
      return { kind: 'value', value: number };
    return wrongType(path, value, 'a whole number');
  }
  // .NET writes booleans with a capital, and so do the expressions that read them.
  if (typeof value === 'boolean') return { kind: 'value', value: value ? 'True' : 'False' };
  return { kind: 'value', value: String(value) };
}

function wrongType(path: string, value: string | number | boolean, expected: string): TargetValue {
  const shown = String(value).slice(0, 100);
  return { kind: 'problem', code: 'ExpressionFailed', message: `${path} takes ${expected} and was given "${shown}".` };
}

/** `Array.isArray` alone does not narrow a readonly array. */
function isList(value: ExpressionValue): value is Extract<ExpressionValue, readonly unknown[]> {
  return isArray(value);
}
