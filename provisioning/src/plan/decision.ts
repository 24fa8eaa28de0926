import type { ErrorCode } from '../error.ts';
import type { AttributeChange } from '../target.ts';

/** What is to be done with one object, and why. `reason` is a sentence for people. */
export type Decision =
  /** In scope and not linked: look for it in the target, then create it or take over what is there. */
  | { readonly action: 'match'; readonly reason: string }
  | { readonly action: 'update'; readonly reason: string; readonly changes: readonly AttributeChange[] }
  | { readonly action: 'disable'; readonly reason: string; readonly changes: readonly AttributeChange[] }
  | { readonly action: 'delete'; readonly reason: string }
  /** It left the scope, and the application leaves such objects alone. */
  | { readonly action: 'leave'; readonly reason: string }
  | { readonly action: 'skip'; readonly reason: string; readonly code: SkipCode }
  | { readonly action: 'fail'; readonly reason: string; readonly code: ErrorCode };

/** Why nothing was done, as Entra's provisioning log calls it, and some of ours. */
export type SkipCode =
  | 'RedundantExport'
  | 'NotInScope'
  | 'FlowDisabled'
  | 'AlreadyDisabled'
  | 'RemovalRejected'
  | 'RemovalStaged';

/** A decision that takes something away; the deletion guard counts these. */
export const isRemoval = (decision: Decision): boolean => decision.action === 'disable' || decision.action === 'delete';
