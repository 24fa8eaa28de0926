import type { AttributeReference } from '../schema/resource-type.ts';

export type ComparisonOperator = 'eq' | 'ne' | 'co' | 'sw' | 'ew' | 'gt' | 'ge' | 'lt' | 'le';
export type FilterValue = string | number | boolean | null;

/** A filter as written (RFC 7644 §3.4.2.2), before its names are looked up in a schema. Plain data: it can be cloned. */
export type Filter =
  | { readonly kind: 'and' | 'or'; readonly filters: readonly Filter[] }
  | { readonly kind: 'not'; readonly filter: Filter }
  | { readonly kind: 'present'; readonly path: string; readonly position: number }
  | {
      readonly kind: 'compare';
      readonly path: string;
      readonly operator: ComparisonOperator;
      readonly value: FilterValue;
      readonly position: number;
    }
  /** `emails[type eq "work"]`; a trailing `.value eq "x"` becomes one more term of the inner `and`. */
  | { readonly kind: 'element'; readonly path: string; readonly filter: Filter; readonly position: number };

/**
 * The form in which values of an attribute are compared: strings folded unless `caseExact`, dateTimes as
 * milliseconds, binary as lower-case hexadecimal, numbers and booleans as they are.
 */
export type ComparisonKey = string | number | boolean;

/** A filter bound to a resource type: names resolved, operators checked against types, values turned into keys. */
export type BoundFilter =
  | { readonly kind: 'and' | 'or'; readonly filters: readonly BoundFilter[] }
  | { readonly kind: 'not'; readonly filter: BoundFilter }
  | { readonly kind: 'constant'; readonly value: boolean }
  | { readonly kind: 'present'; readonly path: AttributeReference }
  | {
      readonly kind: 'compare';
      readonly path: AttributeReference;
      readonly operator: ComparisonOperator;
      /** null only with eq and ne: "has no value", "has a value". */
      readonly key: ComparisonKey | null;
    }
  /** One element of the multi-valued `path` satisfies `filter`, whose references are relative to the element:
   *  `attribute` is the sub-attribute (or, for a simple multi-valued attribute, the attribute itself as `value`). */
  | { readonly kind: 'element'; readonly path: AttributeReference; readonly filter: BoundFilter };
