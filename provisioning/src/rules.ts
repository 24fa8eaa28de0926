import type { CompiledMappings } from './mapping/compile.ts';

/** How an application behaves: settings, mappings and scope at one moment. A cycle works with one from begin to end. */
export interface Rules {
  readonly mappings: CompiledMappings;
  readonly scope: 'all' | 'assigned';
  /** Directory ids of what is assigned; `nested` also takes the members of groups in an assigned group. */
  readonly assignments: ReadonlyMap<string, { readonly nested: boolean }>;
  readonly settings: ProvisioningSettings;
}

export interface ProvisioningSettings {
  /** What happens to a user that leaves the scope, is disabled or is deleted in the directory. */
  readonly leaving: 'disable' | 'delete' | 'ignore';
  /** The same of a group, which cannot be disabled. */
  readonly groupLeaving: 'delete' | 'ignore';
  /** Days after which a disabled user is deleted; null never. */
  readonly deleteAfterDays: number | null;
  readonly guard: GuardSettings;
  /** Whether members of a target group that the directory does not know are removed. */
  readonly exclusiveGroups: boolean;
  /** Whether an attribute without a value is cleared in the target. The `entra` dialect never does. */
  readonly clearEmpty: boolean;
  /** Milliseconds between two cycles when nothing happens; also the window in which failures and removals are counted. */
  readonly interval: number;
}

/** Prevents accidental deletions: more removals in a window than either limit are held until a person decides. */
export interface GuardSettings {
  readonly enabled: boolean;
  readonly number: number;
  /** Of the linked objects; null: only the number counts. */
  readonly percent: number | null;
}
