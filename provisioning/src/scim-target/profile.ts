import type { ObjectType } from '../source.ts';

/** One thing that a service provider can or cannot do, and how that is known. */
export interface Capability<T> {
  readonly value: T;
  /** `default`: assumed; `announced`: by its discovery pages; `probed`: by a test; `learnt`: from answers while working. */
  readonly how: 'default' | 'announced' | 'probed' | 'learnt';
  /** A sentence that says what it is known from. */
  readonly evidence: string;
}

/** Whether objects can be searched by one attribute. */
export interface FilterCapability extends Capability<boolean> {
  readonly type: ObjectType;
  /** Target attribute path, such as `userName`. */
  readonly path: string;
}

/** What one service provider is known to do; it survives as JSON. */
export interface Profile {
  readonly version: 1;
  /** One for each attribute that was tried; the others are assumed to be searchable. */
  readonly filters: readonly FilterCapability[];
  readonly patch: Capability<boolean>;
  readonly put: Capability<boolean>;
  /** Whether an update answers with the whole resource. */
  readonly echo: Capability<boolean>;
  readonly groups: Capability<boolean>;
  /** How many members one request may add or remove. */
  readonly memberChunk: Capability<number>;
  readonly paging: Capability<'startIndex' | 'cursor'>;
  readonly bulk: Capability<boolean>;
  /** Whether users can be disabled by `active`. */
  readonly deactivate: Capability<boolean>;
}
