import { createHash } from 'node:crypto';
import type { Catalogue } from '@rollcall/scim';
import type { CompiledFilter } from '../scope/scoping-filter.ts';
import type { ObjectType } from '../source.ts';
import { compileObjectMapping } from './compile-object-mapping.ts';
import type { Expression } from './expression/index.ts';
import type { AttributeMapping, MappingProblem, Mappings, ObjectMapping, TargetAttribute } from './model.ts';
import type { SourceAttribute } from './source-attribute.ts';

/** Where a row's value comes from, ready to be read. */
export type CompiledSource =
  | { readonly kind: 'direct'; readonly attribute: SourceAttribute }
  | { readonly kind: 'constant'; readonly value: string }
  | { readonly kind: 'expression'; readonly expression: Expression }
  | { readonly kind: 'none' };

/** One row of the mapping table, checked. */
export interface CompiledAttribute {
  readonly mapping: AttributeMapping;
  readonly target: TargetAttribute;
  readonly source: CompiledSource;
  /** Whether it depends on IsSoftDeleted: such rows say to the target that somebody is disabled. */
  readonly ofScope: boolean;
}

/** Mappings of one type of object, ready to be evaluated. */
export interface CompiledObjectMapping {
  readonly source: ObjectMapping;
  readonly type: ObjectType;
  /** In the order of the table, without the members of groups: memberships are rows, not values. */
  readonly attributes: readonly CompiledAttribute[];
  /** Attributes that expressions read, by the name in their brackets. */
  readonly read: ReadonlyMap<string, SourceAttribute>;
  readonly filters: readonly CompiledFilter[];
  /** Whether the memberships of groups are provisioned. */
  readonly mapsMembers: boolean;
  /** Target paths that depend on IsSoftDeleted; without any nobody can be disabled. */
  readonly statusPaths: readonly string[];
  /** What the target knows of a path. */
  targetAttribute(path: string): TargetAttribute;
}

export interface CompiledMappings {
  readonly source: Mappings;
  /** Hash of everything that changes what an object maps to; a link remembers it. */
  readonly hash: string;
  readonly users: CompiledObjectMapping;
  readonly groups: CompiledObjectMapping;
  /** Whether an expression or a filter has a regular expression: then it is evaluated in a thread, with a budget. */
  readonly usesRegularExpressions: boolean;
  /** What will probably not do what was meant, and works nevertheless. */
  readonly warnings: readonly MappingProblem[];
}

/** Thrown by `compileMappings`, with everything that is wrong. */
export class MappingsInvalid extends Error {
  readonly problems: readonly MappingProblem[];

  constructor(problems: readonly MappingProblem[]) {
    super(problems.map(({ field, message }) => `${field}: ${message}`).join('; '));
    this.name = 'MappingsInvalid';
    this.problems = problems;
  }
}

/** Reads mappings against the directory's schemas. Errors: MappingsInvalid. */
export function compileMappings(mappings: Mappings, catalogue: Catalogue): CompiledMappings {
  const problems: MappingProblem[] = [];
  const warnings: MappingProblem[] = [];
  const users = compileObjectMapping(mappings.users, 'User', 'users', catalogue, { problems, warnings });
  const groups = compileObjectMapping(mappings.groups, 'Group', 'groups', catalogue, { problems, warnings });
  if (problems.length > 0) throw new MappingsInvalid(problems);
  return {
    source: mappings,
    hash: createHash('sha256').update(canonicalJson(mappings)).digest('hex'),
    users: users.mapping,
    groups: groups.mapping,
    usesRegularExpressions: users.usesRegularExpressions || groups.usesRegularExpressions,
    warnings,
  };
}

/** The same text for the same mappings, in whatever order their members were written. */
function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_name, member: unknown) => {
    if (typeof member !== 'object' || member === null || Array.isArray(member)) return member;
    return Object.fromEntries(Object.entries(member).toSorted(([a], [b]) => (a < b ? -1 : 1)));
  });
}
