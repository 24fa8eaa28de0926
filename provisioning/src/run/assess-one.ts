import type { CompiledMappings } from '../mapping/compile.ts';
import type { MappingEnvironment } from '../mapping/evaluate-mappings.ts';
import { ExpressionError } from '../mapping/expression/error.ts';
import type { Assessment, ObjectProblem } from '../plan/assessment.ts';
import { assess } from '../scope/assess.ts';
import type { Assessed } from './mapper.ts';

/** Evaluates scope and mappings of one object. Whatever fails is a problem of this object alone; nothing is thrown. */
export function assessOne(
  mappings: CompiledMappings,
  { object, assignment }: Assessed,
  environment: MappingEnvironment,
): Assessment | ObjectProblem {
  try {
    return assess(object.type === 'User' ? mappings.users : mappings.groups, object, assignment, environment);
  } catch (error) {
    const code = error instanceof ExpressionError ? 'ExpressionFailed' : 'InternalError';
    return { code, path: undefined, message: error instanceof Error ? error.message : String(error) };
  }
}
