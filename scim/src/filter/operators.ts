import type { AttributeType } from '../schema/definition.ts';
import type { ComparisonOperator } from './ast.ts';

const TEXT: ReadonlySet<ComparisonOperator> = new Set(['eq', 'ne', 'co', 'sw', 'ew', 'gt', 'ge', 'lt', 'le']);
const ORDERED: ReadonlySet<ComparisonOperator> = new Set(['eq', 'ne', 'gt', 'ge', 'lt', 'le']);
const EQUALITY: ReadonlySet<ComparisonOperator> = new Set(['eq', 'ne']);

/**
 * Which operators an attribute can be compared with, by its type (RFC 7644 §3.4.2.2 Table 3). A boolean or binary
 * attribute must refuse to be ordered. `co`, `sw` and `ew` look at text, so only text has them.
 */
export const OPERATORS: Readonly<Record<AttributeType, ReadonlySet<ComparisonOperator>>> = {
  string: TEXT,
  reference: TEXT,
  boolean: EQUALITY,
  decimal: ORDERED,
  integer: ORDERED,
  dateTime: ORDERED,
  binary: EQUALITY,
  complex: new Set(),
};
