/** A command that could not do its work: what went wrong, and what to do next. `status` is the exit code. */
export class CommandFailed extends Error {
  readonly status: 1 | 2;
  readonly hint: string | undefined;

  constructor(message: string, hint?: string, status: 1 | 2 = 1) {
    super(message);
    this.name = 'CommandFailed';
    this.hint = hint;
    this.status = status;
  }
}

/** The command line itself is wrong: exit code 2. */
export const wrongUsage = (message: string, hint?: string) => new CommandFailed(message, hint, 2);
