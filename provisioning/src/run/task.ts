import type { Settlement } from '../journal.ts';
import type { Decision } from '../plan/decision.ts';
import type { Subject } from './subject.ts';
import type { End } from './trail.ts';

/** A decision about one object, and what it was made by. */
export interface Task {
  readonly subject: Subject;
  readonly decision: Decision;
  readonly fingerprint: string;
}

/** What came of a task: how its record ends, and what is to be stored besides. */
export interface Done extends End {
  readonly settlement: Omit<Settlement, 'type' | 'id' | 'record'>;
}
