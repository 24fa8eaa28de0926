import type { Assessment, Assignment, ObjectProblem } from '../plan/assessment.ts';
import type { ObjectType, SourceObject } from '../source.ts';

export interface Assessed {
  readonly object: SourceObject;
  readonly assignment: Assignment;
}

/** Evaluates scope and mappings of many objects. What cannot be evaluated is a problem of that object alone. */
export interface Mapper {
  assess(type: ObjectType, objects: readonly Assessed[]): Promise<ReadonlyMap<string, Assessment | ObjectProblem>>;
  close(): Promise<void>;
}

export const isProblem = (result: Assessment | ObjectProblem): result is ObjectProblem => 'code' in result;
