import type { ErrorCode } from '../error.ts';
import type { Attributes } from '../target.ts';

/** How an object is assigned to the application. `path` are the labels of the groups from the object up to the assigned one. */
export type Assignment =
  | { readonly kind: 'everyone' }
  | { readonly kind: 'direct' }
  | { readonly kind: 'group'; readonly path: readonly string[] }
  | { readonly kind: 'none' };

/** What scope evaluation found, one by one, for the log. */
export interface ScopeFacts {
  readonly active: boolean;
  readonly assignment: Assignment;
  readonly filters: readonly { readonly name: string; readonly passed: boolean }[];
}

export interface ObjectProblem {
  readonly code: ErrorCode;
  /** Target attribute path that it is about; undefined when about the object. */
  readonly path: string | undefined;
  readonly message: string;
}

/** All that scope and mappings say of one object of the directory; nothing in it depends on the target. */
export interface Assessment {
  readonly inScope: boolean;
  /** Why it is or is not, in a sentence for people. */
  readonly reason: string;
  readonly facts: ScopeFacts;
  /** Values that the target should hold, without references. */
  readonly attributes: Attributes;
  /** Values that are sent on creation only: mappings that apply on creation, and defaults. */
  readonly onCreate: Attributes;
  /** Paths whose values are added to those that the target has, and never taken away (`AppRoleAssignmentsComplex`). */
  readonly additive?: readonly string[];
  /** Mapped paths that have no value now and may be cleared. */
  readonly empty: readonly string[];
  /** Mapped references: target path and the directory's id it points at (undefined: at nothing). */
  readonly references: readonly { readonly path: string; readonly id: string | undefined }[];
  /** What to search by, in order; without empty values. */
  readonly matching: readonly { readonly path: string; readonly value: string }[];
  /** Paths whose values the log must not show (`Redact`). */
  readonly redacted: readonly string[];
  readonly problems: readonly ObjectProblem[];
}
