import type { BoundFilter } from '../filter/ast.ts';
import type { Json, JsonObject } from '../json.ts';
import type { AttributeReference } from '../schema/resource-type.ts';

/** Where an operation acts: an attribute, an element selection of it, a sub-attribute, or a whole extension. */
export type PatchTarget =
  | {
      readonly kind: 'attribute';
      readonly reference: AttributeReference;
      readonly filter: BoundFilter | undefined;
      /** The filter's `sub eq value` terms when it consists of nothing else: an element can be made of them. */
      readonly seed: JsonObject | undefined;
      readonly text: string;
    }
  | { readonly kind: 'extension'; readonly urn: string; readonly text: string };

/** One operation with its path resolved; a path-less one has become one for each key of its value. */
export interface PatchOperation {
  /** Position in the request's `Operations`, for error details. */
  readonly index: number;
  readonly op: 'add' | 'remove' | 'replace';
  readonly target: PatchTarget;
  /** undefined only for `remove` without a value. */
  readonly value: Json | undefined;
  /** Whether it came from an object without a path: there tolerant servers ignore readOnly attributes. */
  readonly pathless: boolean;
}

/** A member as a client sends it: the id, and the other sub-attributes byte for byte. */
export interface Member {
  readonly value: string;
  /** `display`, `type`, `$ref` as sent; absent when only `value` was sent. */
  readonly sent: JsonObject | undefined;
}

/** A change of a group's membership. In order they mean what the operations meant; they never need the member list. */
export type MemberOperation =
  | { readonly op: 'add'; readonly members: readonly Member[] }
  | { readonly op: 'remove'; readonly ids: readonly string[] }
  | { readonly op: 'removeMatching'; readonly filter: BoundFilter }
  | { readonly op: 'replace'; readonly members: readonly Member[] };

/** A parsed PATCH: what concerns the document, and what concerns the member rows. Each list keeps the request's order. */
export interface Patch {
  readonly operations: readonly PatchOperation[];
  readonly memberOperations: readonly MemberOperation[];
}
