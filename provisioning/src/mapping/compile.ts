import type { Catalogue } from '@rollcall/scim';
import type { MappingProblem, Mappings, ObjectMapping } from './model.ts';

/** Mappings of one type of object, ready to be evaluated. */
export interface CompiledObjectMapping {
  readonly source: ObjectMapping;
}

export interface CompiledMappings {
  readonly source: Mappings;
  /** Hash of everything that changes what an object maps to; a link remembers it. */
  readonly hash: string;
  readonly users: CompiledObjectMapping;
  readonly groups: CompiledObjectMapping;
  /** Whether an expression or a filter has a regular expression: then it is evaluated in a thread, with a budget. */
  readonly usesRegularExpressions: boolean;
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
export function compileMappings(_mappings: Mappings, _catalogue: Catalogue): CompiledMappings {
  throw new MappingsInvalid([]);
}
