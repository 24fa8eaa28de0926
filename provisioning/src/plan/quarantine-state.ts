import type { ErrorCode } from '../error.ts';

/** Why a job is held back; the names are those of Microsoft Graph's synchronizationQuarantine. */
export type QuarantineReason =
  | 'EncounteredQuarantineException'
  | 'EncounteredEscrowProportionThreshold'
  | 'EncounteredBaseEscrowThreshold'
  | 'EncounteredTotalEscrowThreshold'
  | 'TooManyDeletes'
  | 'IngestionInterrupted';

/** With `TooManyDeletes` only removals are held; with any other reason the whole job, until `nextAttempt`. */
export interface Quarantine {
  readonly reason: QuarantineReason;
  /** What the target or the directory answered, when that is the reason. */
  readonly code: ErrorCode | null;
  readonly message: string;
  readonly began: number;
  readonly nextAttempt: number;
  /** Tries since it began. */
  readonly attempts: number;
}
