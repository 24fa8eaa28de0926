import type { Json } from '@rollcall/scim';
import type { ErrorCode } from './error.ts';
import type { ObjectKey, ObjectType, Page } from './source.ts';
import type { Attributes, Exchange } from './target.ts';

/** A source object and the target's object that it is provisioned to. */
export interface Link extends ObjectKey {
  readonly targetId: string;
  /** userName or displayName when it was last read. */
  readonly label: string;
  /** `disabled`: it left the scope and was disabled. `left`: it left the scope and was left alone. */
  readonly state: 'active' | 'disabled' | 'left';
  /** What was last sent, by path; a reference as the target's id. */
  readonly sent: Attributes;
  /** What the target answered, for the paths that are mapped. */
  readonly echoed: Attributes;
  /** Of the source object, when link and target were last made equal; 0 when they may differ. */
  readonly sourceVersion: number;
  /** The group's version up to which its membership rows are complete; 0 when they were never read. */
  readonly membersVersion: number;
  /** Hash of the mappings that `sent` was made by. */
  readonly mappingsHash: string;
  /** Whether the object was there already and was taken over. */
  readonly adopted: boolean;
  /** When a disabled object is to be deleted. */
  readonly deleteAt: number | null;
  readonly linkedAt: number;
}

export type IntentVerb = 'create' | 'update' | 'disable' | 'delete' | 'members';

/** Written before a call, gone with its outcome: what is found after a crash is in doubt. */
export interface Intent extends ObjectKey {
  readonly verb: IntentVerb;
  readonly at: number;
}

/** A failed object that waits for its next try. */
export interface Escrow extends ObjectKey {
  /** `reference`: manager or members; counted apart. */
  readonly kind: 'entry' | 'reference';
  readonly code: ErrorCode;
  readonly message: string;
  readonly attempts: number;
  readonly firstAt: number;
  readonly nextAt: number;
}

/** A reference attribute of a source object: what it should point at and what was sent. */
export interface Reference {
  readonly path: string;
  /** Directory id. */
  readonly wanted: string;
  /** Target id that was sent; null while it waits for the link of `wanted`. */
  readonly sent: string | null;
}

/** A membership that differs from the directory and can be changed now: both ends are linked. */
export interface PendingMember {
  readonly member: string;
  readonly targetId: string;
}

export type ProvisioningAction = 'create' | 'update' | 'disable' | 'delete' | 'stagedDelete' | 'other';
export type ProvisioningStatus = 'success' | 'failure' | 'skipped' | 'warning';

/** One thing that was done or decided about an object, with the facts it was decided by. */
export interface Step {
  readonly name: 'import' | 'scope' | 'match' | 'decide' | 'export' | 'reference' | 'members';
  readonly status: ProvisioningStatus;
  readonly description: string;
  readonly details: Readonly<Record<string, Json>>;
}

export interface ModifiedAttribute {
  readonly path: string;
  readonly from: Json | undefined;
  readonly to: Json | undefined;
}

/** One object in one cycle, as the provisioning log keeps it. */
export interface ProvisioningRecord extends ObjectKey {
  readonly cycle: string;
  readonly at: number;
  readonly durationMs: number;
  readonly label: string;
  readonly targetId: string | undefined;
  readonly action: ProvisioningAction;
  readonly status: ProvisioningStatus;
  /** Why, in a sentence. */
  readonly reason: string;
  readonly steps: readonly Step[];
  readonly modified: readonly ModifiedAttribute[];
  readonly error: { readonly code: ErrorCode; readonly message: string } | undefined;
  readonly exchanges: readonly Exchange[];
  readonly attempts: number;
  readonly nextAt: number | undefined;
}

/** A removal that the guard held, or a person decided about. */
export interface StagedRemoval extends ObjectKey {
  readonly action: 'disable' | 'delete';
  readonly label: string;
  readonly reason: string;
  readonly at: number;
  readonly state: 'waiting' | 'allowed' | 'rejected';
}

/** Everything that follows from one call or decision; stored in one transaction. What is undefined stays as it is. */
export interface Settlement extends ObjectKey {
  /** Null removes the link with its references and its memberships on both sides. */
  readonly link?: Link | null | undefined;
  /** All references of the object. */
  readonly references?: readonly Reference[] | undefined;
  /** Directory ids of members that are now in the target's group, or no longer. */
  readonly membersAdded?: readonly string[] | undefined;
  readonly membersRemoved?: readonly string[] | undefined;
  /** By kind; null clears it. */
  readonly entryEscrow?: Escrow | null | undefined;
  readonly referenceEscrow?: Escrow | null | undefined;
  /** Sets or (null) forgets a staged removal. */
  readonly staged?: StagedRemoval | null | undefined;
  /** Counts towards the guard's window. */
  readonly removedAt?: number | undefined;
  /** Ends the object's intent. */
  readonly done?: boolean | undefined;
  readonly record?: ProvisioningRecord | undefined;
}

/** What a window has seen: removals carried out, and outcomes of calls. */
export interface WindowCounts {
  readonly removals: number;
  readonly succeeded: number;
  readonly failed: number;
  readonly failedReferences: number;
}

export interface LinkCounts {
  readonly users: number;
  readonly groups: number;
  /** Of both, those that are active. */
  readonly active: number;
}

/** Where one application's provisioning keeps what must outlive the process. Every write is durable when it resolves. */
export interface Journal {
  links(type: ObjectType, ids: readonly string[]): Promise<ReadonlyMap<string, Link>>;
  linkOfTarget(type: ObjectType, targetId: string): Promise<Link | undefined>;
  /** A page of links in the order of their source ids, after `after`. */
  listLinks(type: ObjectType, after: string | undefined, limit: number): Promise<Page<Link>>;
  countLinks(): Promise<LinkCounts>;
  /** Links whose time to be deleted has come. */
  dueDeletions(now: number, limit: number): Promise<readonly ObjectKey[]>;

  /** Written before the calls; one per object. */
  intend(intents: readonly Intent[]): Promise<void>;
  /** Intents without an outcome: of a process that died. */
  unsettled(limit: number): Promise<readonly Intent[]>;
  /** Stores each settlement whole or not at all. */
  settle(settlements: readonly Settlement[]): Promise<void>;

  escrows(keys: readonly ObjectKey[]): Promise<readonly Escrow[]>;
  dueEscrows(now: number, limit: number): Promise<readonly Escrow[]>;
  countEscrows(): Promise<{ readonly entry: number; readonly reference: number; readonly nextAt: number | undefined }>;
  /** Forgets escrows whose first failure is older; how many. */
  dropEscrows(firstBefore: number): Promise<number>;

  references(keys: readonly ObjectKey[]): Promise<ReadonlyMap<string, readonly Reference[]>>;
  /** Objects with a reference that waits for, or points elsewhere than, the link of what it wants. */
  pendingReferences(after: string | undefined, limit: number): Promise<Page<ObjectKey>>;

  /** Makes `members` all that a group should have. */
  wantMembers(group: string, members: AsyncIterable<readonly ObjectKey[]>): Promise<void>;
  /** Makes some more, and some less, members that a group should have. */
  changeMembers(group: string, added: readonly ObjectKey[], removed: readonly string[]): Promise<void>;
  /** Notes ids of the directory that the target's group has already (found when it was taken over). */
  noteMembers(group: string, members: readonly string[]): Promise<void>;
  /** A page of what is to be added to, or removed from, the target's group, in the order of the members' ids. */
  pendingMembers(
    group: string,
    what: 'add' | 'remove',
    after: string | undefined,
    limit: number,
  ): Promise<Page<PendingMember>>;
  /** A page of the directory ids that the target's group has, in order. */
  presentMembers(group: string, after: string | undefined, limit: number): Promise<Page<string>>;
  /** Linked groups with something to add or remove, in order, after `after`. */
  groupsWithPendingMembers(after: string | undefined, limit: number): Promise<Page<string>>;

  staged(keys: readonly ObjectKey[]): Promise<ReadonlyMap<string, StagedRemoval>>;
  listStaged(state: StagedRemoval['state'], limit: number): Promise<readonly StagedRemoval[]>;
  countStaged(): Promise<number>;

  /** Counts since `since` (milliseconds). */
  window(since: number): Promise<WindowCounts>;
}

/** The key of an object in the maps of the journal. */
export const keyText = ({ type, id }: ObjectKey): string => `${type} ${id}`;
