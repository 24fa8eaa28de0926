import { createInterface } from 'node:readline/promises';
import { text } from 'node:stream/consumers';
import { runProgram } from './program.ts';
import type { Terminal } from './terminal.ts';

// Databases, keys, sockets, backups and exports are people's data: for their owner alone, from the moment they are made.
process.umask(0o077);

// A reader that has seen enough (`rollcall log list | head`) is no failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit(0);
});

const terminal: Terminal = {
  environment: process.env,
  directory: process.cwd(),
  interactive: process.stdin.isTTY === true,
  columns: process.stdout.isTTY === true ? process.stdout.columns : undefined,
  out: (shown) => void process.stdout.write(shown),
  error: (shown) => void process.stderr.write(shown),
  async ask(question) {
    const lines = createInterface({ input: process.stdin, output: process.stderr });
    const answer = await lines.question(question);
    lines.close();
    return answer;
  },
  read: () => text(process.stdin),
};

/** Resolves with the first SIGINT or SIGTERM; the second does not wait any longer. */
function stopRequested(): Promise<void> {
  return new Promise((resolve) => {
    let asked = false;
    const stop = () => {
      if (asked) process.exit(1);
      asked = true;
      resolve();
    };
    process.on('SIGINT', stop);
    process.on('SIGTERM', stop);
  });
}

process.exitCode = await runProgram(process.argv.slice(2), terminal, stopRequested);
