/** Thrown when the data directory cannot be made, or not be written in; the message says what to do. */
export class DirectoryUnusable extends Error {
  override readonly name = 'DirectoryUnusable';

  constructor(directory: string, cause: unknown) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    super(`The data directory ${directory} cannot be used: ${reason}. Name another one, or run as its owner.`, {
      cause,
    });
  }
}
