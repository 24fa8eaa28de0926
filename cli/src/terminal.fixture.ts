import { runProgram } from './program.ts';

export interface Result {
  readonly status: number;
  readonly out: string;
  readonly error: string;
}

export interface Surroundings {
  readonly directory: string;
  readonly environment?: Readonly<Record<string, string>>;
  readonly input?: string;
  /** What a person answers; without one, nobody can be asked. */
  readonly answer?: string;
  /** Width of the screen; without one, output goes to a file. */
  readonly columns?: number;
}

/** Runs a command line in this process, with a terminal that only remembers. */
export async function runLine(surroundings: Surroundings, ...argv: string[]): Promise<Result> {
  const { directory, environment = {}, input = '', answer, columns } = surroundings;
  const printed = { out: '', error: '' };
  const status = await runProgram(
    argv,
    {
      directory,
      environment: { ROLLCALL_DATA: `${directory}/data`, ...environment },
      interactive: answer !== undefined,
      columns,
      out: (text) => {
        printed.out += text;
      },
      error: (text) => {
        printed.error += text;
      },
      ask: async (question) => {
        printed.error += question;
        return answer ?? '';
      },
      read: async () => input,
    },
    async () => undefined,
  );
  return { status, ...printed };
}
