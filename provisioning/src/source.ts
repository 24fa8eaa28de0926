import type { Catalogue, JsonObject } from '@rollcall/scim';

export type ObjectType = 'User' | 'Group';

export interface ObjectKey {
  readonly type: ObjectType;
  readonly id: string;
}

/** An object of the directory as scope and mappings see it. */
export interface SourceObject extends ObjectKey {
  /** Grows with every change of the object; of a group also with every change of its members. */
  readonly version: number;
  /** userName of a user, displayName of a group. */
  readonly label: string;
  /** The resource in canonical SCIM form with its `id`, without `meta`, `members` and `groups`. */
  readonly document: JsonObject;
}

export interface SourceChange extends ObjectKey {
  /** Position in the feed: increasing, gaps allowed. */
  readonly n: number;
  readonly kind: 'created' | 'changed' | 'disabled' | 'enabled' | 'members' | 'deleted';
  readonly label: string;
  /** Ids, of a `members` change only. */
  readonly membersAdded: readonly string[];
  readonly membersRemoved: readonly string[];
}

/** A group that an object is a direct member of. */
export interface ParentGroup {
  readonly id: string;
  readonly label: string;
}

/** The directory that an application is provisioned from. Errors of any method end the cycle; nothing is derived from them. */
export interface Source {
  /** The schemas that attribute names are resolved by. */
  catalogue(): Catalogue;
  /** The newest position of its change feed. */
  newest(): Promise<number>;
  /** Changes after `after`, oldest first; undefined when the feed no longer reaches back so far. */
  changes(after: number, limit: number): Promise<readonly SourceChange[] | undefined>;
  /** Resolves when the feed has something after `after`, when `ms` have passed, or when the signal aborts. */
  wait(after: number, ms: number, signal: AbortSignal): Promise<void>;
  /** A page of all objects of a type in a stable order, after the object `after`; `next` continues. */
  list(type: ObjectType, after: string | undefined, limit: number): Promise<Page<SourceObject>>;
  /** Those of the ids that exist, by id. */
  read(type: ObjectType, ids: readonly string[]): Promise<ReadonlyMap<string, SourceObject>>;
  /** How many objects of a type there are. */
  count(type: ObjectType): Promise<number>;
  /** A page of a group's direct members. */
  members(group: string, after: string | undefined, limit: number): Promise<Page<ObjectKey>>;
  /** The groups that each id is a direct member of; ids without any may be missing. */
  parents(ids: readonly string[]): Promise<ReadonlyMap<string, readonly ParentGroup[]>>;
}

export interface Page<T> {
  readonly items: readonly T[];
  /** What `after` continues with; undefined on the last page. */
  readonly next: string | undefined;
}
