import { spawn } from 'node:child_process';

export interface Execution {
  /** Exit code; 127 when there is no such program. */
  readonly code: number;
  readonly stdout: string;
  /** Standard output and standard error. */
  readonly output: string;
}

const TIMEOUT = 10 * 60 * 1000;

/** Runs a program to its end and keeps what it wrote. */
export function execute(
  program: string,
  words: readonly string[],
  environment: Readonly<Record<string, string>> = {},
  directory?: URL,
): Promise<Execution> {
  return new Promise((resolve) => {
    const child = spawn(program, words, {
      env: { ...process.env, ...environment },
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: TIMEOUT,
      ...(directory === undefined ? {} : { cwd: directory }),
    });
    let stdout = '';
    let output = '';
    child.stdout.on('data', (text) => {
      stdout += text;
      output += text;
    });
    child.stderr.on('data', (text) => {
      output += text;
    });
    child.once('error', (error) => resolve({ code: 127, stdout, output: error.message }));
    child.once('close', (code) => resolve({ code: code ?? 1, stdout, output }));
  });
}
