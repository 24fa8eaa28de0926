import { CommitFailed, StoreUnavailable } from './contract.ts';

/** Whether something failed only because the database was lost meanwhile: it may be back in a moment. */
export const isDatabaseLost = (error: unknown): boolean =>
  error instanceof StoreUnavailable || (error instanceof CommitFailed && error.mayBeStored);
