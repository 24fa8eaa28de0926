import type { DriftItem } from '../plan/drift.ts';
import type { DriftDecision } from '../plan/drift-rule.ts';
import type { ObjectKey, ObjectType, Page } from '../source.ts';

/** A difference that is kept until it is gone or decided about. */
export interface StoredDrift extends ObjectKey, DriftItem {
  readonly label: string;
  readonly targetId: string;
  /** When it was met first, and last. */
  readonly since: number;
  readonly seen: number;
}

export interface StoredDriftDecision extends ObjectKey, DriftDecision {
  readonly label: string;
  readonly at: number;
}

/** The last comparison, or the one that runs. */
export interface DriftPass {
  readonly began: number;
  /** Null while it runs, and when the process ended before it did. */
  readonly ended: number | null;
  /** The link that was looked at last; the next pass goes on behind it. Null: from the beginning. */
  readonly position: { readonly type: ObjectType; readonly id: string } | null;
  readonly looked: number;
  /** Objects that could not be read. */
  readonly failed: number;
  /** Why it ended early. */
  readonly error: string | null;
}

export interface DriftQuery {
  /** What `next` of the page before gave. */
  readonly after?: string | undefined;
  readonly path?: string | undefined;
  /** A directory or target id exactly, or a label in any case. */
  readonly object?: string | undefined;
  readonly type?: ObjectType | undefined;
  readonly limit: number;
}

/** Where the drift of one application is kept. Every write is durable when it resolves. */
export interface DriftJournal {
  /** Makes `items` all that is kept of an object; those that were kept already keep the time they were met first. */
  keep(
    object: Pick<StoredDrift, 'type' | 'id' | 'label' | 'targetId'>,
    items: readonly DriftItem[],
    now: number,
  ): Promise<void>;
  /** In the order of type, id and path. */
  list(query: DriftQuery): Promise<Page<StoredDrift>>;
  /** Whether anything is kept of an object. */
  has(key: ObjectKey): Promise<boolean>;
  count(): Promise<{ readonly objects: number; readonly items: number }>;
  /** Forgets what is kept of a path of all objects. */
  dropPath(path: string): Promise<void>;
  /** Forgets what is kept of objects that are not linked any more. */
  sweep(): Promise<void>;

  decisions(key: ObjectKey): Promise<readonly StoredDriftDecision[]>;
  listDecisions(limit: number): Promise<readonly StoredDriftDecision[]>;
  decide(decision: StoredDriftDecision): Promise<void>;
  undecide(key: ObjectKey, path: string): Promise<void>;

  pass(): Promise<DriftPass | undefined>;
  savePass(pass: DriftPass): Promise<void>;
}
