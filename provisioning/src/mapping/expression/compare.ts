import type { ComparisonOperator } from './ast.ts';
import { numberOf, textOf } from './value.ts';

type Single = string | number | boolean;

/**
 * Compares two values that are not absent. Strings are equal when their characters are; they are ordered as numbers if
 * both read as numbers, by code unit otherwise. With a number on one side a string that reads as a number is one; with
 * a boolean on one side case does not count (`True`, `true`).
 */
export function compare(left: Single, operator: ComparisonOperator, right: Single): boolean {
  const order = orderOf(left, right, operator === '=' || operator === '<>');
  if (operator === '=') return order === 0;
  if (operator === '<>') return order !== 0;
  if (operator === '<') return order < 0;
  if (operator === '<=') return order <= 0;
  return operator === '>' ? order > 0 : order >= 0;
}

function orderOf(left: Single, right: Single, equality: boolean): number {
  const texts = typeof left === 'string' && typeof right === 'string';
  const [a, b] = [textOf(left) ?? '', textOf(right) ?? ''];
  if (!(texts && equality)) {
    const [x, y] = [numberOf(a), numberOf(b)];
    if (x !== undefined && y !== undefined) return orderIn(x, y);
  }
  if (typeof left === 'boolean' || typeof right === 'boolean') return orderIn(a.toLowerCase(), b.toLowerCase());
  return orderIn(a, b);
}

function orderIn<T extends string | number>(a: T, b: T): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
