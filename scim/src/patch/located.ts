import { ScimError } from '../error.ts';

/** Runs one operation of a PATCH; an error's detail then begins with its position: `Operations[2]: …`. */
export function located<Result>(index: number, run: () => Result): Result {
  try {
    return run();
  } catch (error) {
    if (!(error instanceof ScimError)) throw error;
    throw new ScimError(error.status, error.scimType, `Operations[${index}]: ${error.message}`, { ...error.headers });
  }
}
