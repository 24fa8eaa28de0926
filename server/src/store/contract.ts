import type { Catalogue, Compatibility, Filter, Member, MemberOperation } from '@rollcall/scim';
import type { Administrators } from './administrator-contract.ts';
import type { Applications } from './application-contract.ts';
import type { Settings } from './settings-contract.ts';
import type { Signals } from './signals.ts';
import type { Work } from './work-contract.ts';

export type * from './settings-contract.ts';

/** A resource as a row. `document` is canonical JSON text without id, meta, members and groups. Times are milliseconds. */
export interface StoredResource {
  /** Order of creation in this store; paging follows it. Never leaves the server. */
  readonly seq: number;
  readonly server: number;
  readonly type: string;
  readonly id: string;
  readonly version: number;
  readonly created: number;
  readonly modified: number;
  /** What a reference to it displays: a user's userName, a group's displayName. */
  readonly label: string;
  readonly document: string;
}

/** What the pure part computed of a document for the store to find it again. */
export interface IndexedDocument {
  readonly document: string;
  readonly label: string;
  readonly index: readonly { readonly path: string; readonly key: string }[];
  /** `value` is the spelling for the error message. */
  readonly unique: readonly { readonly path: string; readonly key: string; readonly value: string }[];
}

export interface NewResource extends IndexedDocument {
  readonly server: number;
  readonly type: string;
  readonly id: string;
  readonly at: number;
}

/** Thrown by `insert` and `update` when another resource of the same server and type holds a unique value. */
export class UniqueConflict extends Error {
  readonly path: string;
  readonly value: string;
  readonly holder: string | undefined;

  constructor(path: string, value: string, holder: string | undefined) {
    super(`${path} is already in use`);
    this.name = 'UniqueConflict';
    this.path = path;
    this.value = value;
    this.holder = holder;
  }
}

/** Thrown when the commit of a group of writes, or its sync to disk, failed: nothing of it may be acknowledged. */
export class CommitFailed extends Error {
  override readonly name = 'CommitFailed';
  /** Set when the connection was lost before the database said how the commit ended: it may have been stored. */
  readonly mayBeStored: boolean;

  constructor(message: string, options: ErrorOptions & { readonly mayBeStored?: boolean } = {}) {
    super(message, options);
    this.mayBeStored = options.mayBeStored ?? false;
  }
}

/** Thrown when the database cannot be reached, or has no place left for another request: it may be sent again. */
export class StoreUnavailable extends Error {
  override readonly name = 'StoreUnavailable';
}

/** Thrown by `search` when it would cost more than its budget of time. */
export class BudgetExceeded extends Error {
  override readonly name = 'BudgetExceeded';
}

export interface GroupOfMember {
  readonly id: string;
  readonly label: string;
  readonly type: 'direct' | 'indirect';
}

export interface MemberRow {
  readonly seq: number;
  readonly id: string;
  /** `User` or `Group`: the member's resource type. */
  readonly type: string;
  /** JSON text of the other sub-attributes as sent, or null. */
  readonly sent: string | null;
}

/** A member with what a reference to it displays; null when there is no such resource. */
export interface LabelledMember {
  readonly seq: number;
  readonly id: string;
  readonly type: string;
  readonly label: string | null;
}

/** Reads that are index lookups: they run on the main thread, against the last commit (or, in a transaction, its own state). */
export interface Reads {
  byId(server: number, type: string, id: string): Promise<StoredResource | undefined>;
  /** Holders of an indexed or unique value, at most `limit`, in order of creation. */
  byKey(server: number, type: string, path: string, key: string, limit: number): Promise<StoredResource[]>;
  /** The groups that a resource belongs to, directly or through other groups, each once. */
  groupsOf(seq: number): Promise<GroupOfMember[]>;
  /** The same for many: what lies above them is read once, the list of each is made when it is asked for. */
  groupsOfMany(seqs: readonly number[]): Promise<(seq: number) => GroupOfMember[]>;
  /** A page of members in order of the members' creation, after the member `after` (a seq, 0 to begin). */
  members(group: number, after: number, limit: number): Promise<MemberRow[]>;
  /** The same with their labels. */
  labelledMembers(group: number, after: number, limit: number): Promise<LabelledMember[]>;
  /** How many members a group has; it stops counting at `most`. */
  countMembers(group: number, most: number): Promise<number>;
  /** Whether a group has more than `count` members, without counting them all. */
  hasMoreMembersThan(group: number, count: number): Promise<boolean>;
  /** Those of the ids that exist, in no order. */
  byIds(server: number, type: string, ids: readonly string[]): Promise<StoredResource[]>;
  /** A page of the resources of a type in order of creation, after the resource with seq `after` (0 to begin). */
  list(server: number, type: string, after: number, limit: number): Promise<StoredResource[]>;
  /** The groups that each of the ids is a direct member of. */
  parents(
    server: number,
    ids: readonly string[],
  ): Promise<{ readonly id: string; readonly group: string; readonly label: string }[]>;
  /** How many resources of a type an identity server has; kept up to date by every write, not counted. */
  count(server: number, type: string): Promise<number>;
}

export interface MembershipResult {
  /** Ids that were not members before and are now. */
  readonly added: readonly string[];
  readonly removed: readonly string[];
  /** Ids that name no resource of this identity server. */
  readonly unknown: readonly string[];
}

export type ChangeKind = 'created' | 'changed' | 'disabled' | 'enabled' | 'members' | 'deleted';

export interface NewChange {
  readonly server: number;
  readonly type: string;
  readonly id: string;
  readonly kind: ChangeKind;
  readonly at: number;
  readonly externalId?: string | undefined;
  /** userName of a user, displayName of a group. */
  readonly label: string;
  /** Canonical names of the attributes that changed. */
  readonly attributes?: readonly string[];
  readonly membersAdded?: readonly string[];
  readonly membersRemoved?: readonly string[];
}

export interface Change extends NewChange {
  /** Position in the feed: increasing for each identity server, gaps allowed. */
  readonly n: number;
}

/** One body of a group commit: bodies run one after another, never interleaved, each in its own savepoint. */
export interface Transaction extends Reads {
  insert(resource: NewResource): Promise<StoredResource>;
  /** Writes document, index values, unique values; version + 1. `previous` is what the index held of the old document. */
  update(
    current: StoredResource,
    previous: Pick<IndexedDocument, 'index' | 'unique'>,
    next: IndexedDocument,
    at: number,
  ): Promise<StoredResource>;
  /**
   * Brings index and unique values in line with changed rules; the resource itself stays as it is. What another
   * resource holds is left to it, and returned.
   */
  reindex(
    current: StoredResource,
    previous: Pick<IndexedDocument, 'index' | 'unique'>,
    next: Pick<IndexedDocument, 'index' | 'unique'>,
  ): Promise<readonly UniqueConflict[]>;
  /** Version + 1 and modified, nothing else: a membership change. */
  touch(current: StoredResource, at: number): Promise<StoredResource>;
  /**
   * Removes the resource, its values and its member rows, bumps the groups it was a member of and records their
   * membership changes. References from other documents are the caller's.
   */
  delete(current: StoredResource, previous: Pick<IndexedDocument, 'index' | 'unique'>, at: number): Promise<void>;
  /** Applies membership operations in order, in sets, never loading the member list. */
  applyMembers(group: StoredResource, operations: readonly MemberOperation[]): Promise<MembershipResult>;
  /** Ids among `members` that name no resource of the server. */
  unknownMembers(server: number, members: readonly Member[]): Promise<string[]>;
  record(change: NewChange): Promise<void>;
}

/** Where the next page of a keyset walk begins: after this sort key and seq. */
export interface Position {
  readonly key: string | number | boolean | null;
  readonly seq: number;
}

export interface SearchQuery {
  readonly server: number;
  readonly catalogue: Catalogue;
  /** Changes whenever the identity server's schemas change, so that reader threads know when to load them again. */
  readonly catalogueVersion: number;
  readonly compatibility: Compatibility;
  /** Resource types to search: one, or all at the root. */
  readonly types: readonly string[];
  /** As parsed; reader threads bind it themselves. */
  readonly filter: Filter | undefined;
  readonly sort: { readonly by: string; readonly descending: boolean } | undefined;
  readonly page:
    | { readonly kind: 'index'; readonly startIndex: number; readonly count: number }
    | { readonly kind: 'after'; readonly position: Position | undefined; readonly count: number };
}

export interface SearchPage {
  readonly total: number;
  readonly rows: readonly StoredResource[];
  /** Set when more rows follow (only for `after` pages). */
  readonly next: Position | undefined;
}

export interface ChangeFeed {
  /** Changes of one identity server after `n`, oldest first. Never returns a change before an earlier one could appear. */
  after(server: number, n: number, limit: number): Promise<Change[]>;
  /** Changes of one resource before position `before`, newest first. */
  of(server: number, id: string, before: number, limit: number): Promise<Change[]>;
  /**
   * Changes of groups that added or removed it as a member, newest first, with no other member named. It looks back for
   * a limited time: `complete` is false when there may be more before `lookedBackTo`.
   */
  memberships(
    server: number,
    id: string,
    before: number,
    limit: number,
  ): Promise<{ readonly changes: readonly Change[]; readonly complete: boolean; readonly lookedBackTo: number }>;
  /** The newest position of the server (0 when empty), and the oldest still kept: a reader before it starts over. */
  bounds(server: number): Promise<{ oldest: number; newest: number }>;
  /** Resolves when a change of the server is committed, or after `ms`, or when the signal aborts. */
  wait(server: number, ms: number, signal?: AbortSignal): Promise<void>;
  /** Calls `listener` with each server that has new changes, from then on. */
  watch(listener: (server: number) => void): void;
  /** Removes changes older than `before` (milliseconds), at most `limit`. */
  prune(before: number, limit: number): Promise<number>;
}

/** Requests taken since the last time from a token bucket that is full with `rate`. */
export interface BucketUse {
  readonly key: number;
  readonly rate: number;
  readonly taken: number;
}

/** Wrong credentials from one address since the last time. */
export interface FailureCount {
  readonly origin: string;
  readonly count: number;
}

/** Limits that hold for all processes together: each tells now and then what it has used, and learns what is left. */
export interface SharedLimits {
  /** What is left in each bucket named; less than nothing when the processes took more than there was. */
  take(uses: readonly BucketUse[]): Promise<{ readonly key: number; readonly tokens: number }[]>;
  /**
   * Adds failures, and tells of all windows of `windowMs` that changed within the last `sinceMs`: how many failures
   * there were, and how many milliseconds it has left.
   */
  fail(
    failures: readonly FailureCount[],
    windowMs: number,
    sinceMs: number,
  ): Promise<{ readonly origin: string; readonly failures: number; readonly left: number }[]>;
  /** Removes what no longer counts. */
  prune(): Promise<void>;
}

export interface StoreStatistics {
  readonly waitingWrites: number;
  readonly waitingSearches: number;
  readonly commits: number;
  readonly walBytes: number;
}

/** A store on which everything can be tried: nobody else sees what is written to it, and nothing of it stays. */
export interface Rehearsal {
  readonly store: Store;
  /** What would be in the change feed. */
  readonly changes: readonly NewChange[];
}

/** The store. One test suite (`store/contract-suite.ts`) holds every implementation to it. */
export interface Store extends Reads {
  readonly settings: Settings;
  readonly applications: Applications;
  readonly administrators: Administrators;
  readonly work: Work;
  readonly changes: ChangeFeed;
  /** Hints between the processes that have the store open; in an embedded store, within the one. */
  readonly signals: Signals;
  /** Whether transactions take effect in the order in which they are begun; where not, whoever needs that waits. */
  readonly keepsOrder: boolean;
  /** What the processes that have the store open count together; undefined in an embedded store, where there is one. */
  readonly limits: SharedLimits | undefined;
  /**
   * Notes the fingerprint of a process's keys where none is noted, and says whether it is the one that is. An embedded
   * store takes any: its tokens tell by themselves.
   */
  claimKeys(fingerprint: string): Promise<boolean>;
  /**
   * Runs `body` while no other process runs one: for what reads first and then writes by what it read. `body` writes
   * through the store as always. Errors: StoreUnavailable when its turn does not come within seconds.
   */
  inTurn<T>(body: () => Promise<T>): Promise<T>;
  /**
   * Runs `body` and resolves when what it wrote is on disk; rejects with what it threw (its writes undone), with
   * CommitFailed, or with StoreUnavailable (nothing was written). PostgreSQL may end it for another's sake and run it
   * again: what it does outside the transaction must bear that. Bodies await nothing but the transaction itself.
   */
  transaction<T>(body: (transaction: Transaction) => Promise<T>): Promise<T>;
  /**
   * Runs `body` with a store of its own, whose transactions, one at a time, share a commit where that is dear. It
   * resolves when all that they wrote is on disk; when it rejects with CommitFailed or StoreUnavailable, none of it has
   * to be. As with `transaction`, PostgreSQL may run `body` again.
   */
  together<T>(body: (store: Store) => Promise<T>): Promise<T>;
  /**
   * Runs `body` as one transaction and undoes it; resolves with its result, rejects with what it threw or CommitFailed.
   * Other writes wait meanwhile. Its `transaction`s see each other, and its searches only what is stored.
   */
  rehearse<T>(body: (rehearsal: Rehearsal) => Promise<T>): Promise<T>;
  /** Index lookups are answered at once; anything else by a reader thread within its budget (BudgetExceeded). */
  search(query: SearchQuery): Promise<SearchPage>;
  /** Writes a consistent copy of the database while it is in use. */
  backup(file: string): Promise<void>;
  statistics(): StoreStatistics;
  /** Waits for accepted writes, then closes. */
  close(): Promise<void>;
}
