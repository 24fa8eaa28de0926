import type { Catalogue } from '@rollcall/scim';
import type { Mappings } from '../mapping/model.ts';
import type { Assessment, ObjectProblem } from '../plan/assessment.ts';
import type { Assessed } from './mapper.ts';

/** What a mapper's thread begins with. */
export interface MapperThreadData {
  readonly mappings: Mappings;
  readonly catalogue: Catalogue;
  /** One Int32: the place in its batch of the object that is evaluated now, `IDLE` between batches. */
  readonly progress: SharedArrayBuffer;
}

export const IDLE = -1;

/** What the thread is to evaluate. */
export interface MapperBatch {
  readonly objects: readonly Assessed[];
  /** The time that expressions see, in milliseconds since 1970. */
  readonly now: number;
}

/** Some of a batch's results by id, in order; `done` with the last ones. */
export interface MapperReply {
  readonly results: readonly (readonly [string, Assessment | ObjectProblem])[];
  readonly done: boolean;
}
