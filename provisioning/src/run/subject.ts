import type { Escrow, Link, Reference, StagedRemoval } from '../journal.ts';
import type { Assessment, ObjectProblem } from '../plan/assessment.ts';
import type { ObjectKey, SourceObject } from '../source.ts';

/** Everything that is known of one object when a decision is made. */
export interface Subject {
  readonly key: ObjectKey;
  /** Undefined when the directory does not have it any more. */
  readonly object: SourceObject | undefined;
  readonly assessment: Assessment | ObjectProblem | undefined;
  readonly link: Link | undefined;
  readonly staged: StagedRemoval | undefined;
  readonly escrows: readonly Escrow[];
  /** Where the object's references should point, and the target ids of those that are linked. */
  readonly references: readonly Reference[];
  /** Target ids of linked objects that references want, by directory id. */
  readonly targetIds: ReadonlyMap<string, string>;
}

export const labelOf = ({ object, link, staged, key }: Subject): string =>
  object?.label ?? link?.label ?? staged?.label ?? key.id;
