import type { ScopingOperator } from './scoping-operator.ts';

/** Where a mapping takes its value from. `attribute` is a SCIM path of the directory or one of Entra's names. */
export type MappingSource =
  | { readonly kind: 'direct'; readonly attribute: string }
  | { readonly kind: 'constant'; readonly value: string }
  | { readonly kind: 'expression'; readonly expression: string }
  | { readonly kind: 'none' };

/** One row of the mapping table. */
export interface AttributeMapping {
  /** Target attribute path: `userName`, `emails[type eq "work"].value`, `urn:...:User:department`. */
  readonly target: string;
  readonly source: MappingSource;
  /** Used when the source has no value, on creation only. */
  readonly defaultValue?: string | undefined;
  /** 0: not for matching; otherwise 1, 2, ... in the order in which they are tried. */
  readonly matching: number;
  /** `create`: only when the object is created. */
  readonly apply: 'always' | 'create';
}

export type TargetAttributeType = 'string' | 'integer' | 'boolean' | 'dateTime' | 'reference' | 'binary';

/** What the target knows of one attribute (the attribute list of Microsoft's editor). */
export interface TargetAttribute {
  readonly path: string;
  readonly type: TargetAttributeType;
  readonly required: boolean;
  readonly multiValued: boolean;
  /** Whether a change of case alone is a change. */
  readonly caseExact: boolean;
}

export interface ScopingClause {
  readonly attribute: string;
  readonly operator: ScopingOperator;
  /** Absent for the unary operators. */
  readonly value?: string | undefined;
}

/** Clauses are joined by AND, filters by OR; no filter lets everybody pass. */
export interface ScopingFilter {
  readonly name: string;
  readonly clauses: readonly ScopingClause[];
}

/** How one type of object is provisioned. */
export interface ObjectMapping {
  readonly enabled: boolean;
  readonly create: boolean;
  readonly update: boolean;
  readonly delete: boolean;
  readonly attributes: readonly AttributeMapping[];
  /** Attributes of the target beyond those that `DEFAULT_TARGET_ATTRIBUTES` lists, or other than these. */
  readonly targetAttributes: readonly TargetAttribute[];
  readonly filters: readonly ScopingFilter[];
}

/** The mappings of an application, as they are stored, exported and imported. */
export interface Mappings {
  readonly users: ObjectMapping;
  readonly groups: ObjectMapping;
}

/** What is wrong with a mapping: `field` is a path such as `users.attributes[3].source.expression`. */
export interface MappingProblem {
  readonly field: string;
  readonly message: string;
  /** Offset in the expression, from 0. */
  readonly position?: number | undefined;
}
