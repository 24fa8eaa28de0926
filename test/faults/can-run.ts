/**
 * Whether this machine lets a test run that needs something of it: `probe` throws when it does not. Then `otherwise`
 * is said in one line; where everything must be there (CI), it is an error.
 */
export function canRun(otherwise: string, probe: () => void): boolean {
  try {
    probe();
    return true;
  } catch (error) {
    console.log(otherwise);
    if (process.env.CI !== undefined && process.env.CI !== '') throw new Error(otherwise, { cause: error });
    return false;
  }
}
