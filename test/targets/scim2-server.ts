import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { dirname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { preparePython } from '../conformance/python.ts';

/** scim2-server of PyPI in a process of its own: the reference that python-scim's clients are tested against. */
export interface Scim2Server {
  /** Base URL, without a slash at its end. */
  readonly url: string;
  readonly token: string;
  readonly pid: number;
  close(): Promise<void>;
}

/** What is said where PyPI cannot be reached. */
export const NO_SCIM2_SERVER = 'PyPI cannot be reached: scim2-server was not run.';

const TOKEN = 'scim2-server-token';
const READY_WITHIN = 30_000;

/**
 * Starts an empty one on a free port of 127.0.0.1 and waits until it answers. Installs it the first time, in the
 * versions that test/conformance/requirements.txt names; undefined where PyPI cannot be reached.
 */
export async function startScim2Server(): Promise<Scim2Server | undefined> {
  const python = await preparePython();
  if (python === undefined) return undefined;
  const port = await freePort();
  const program = join(dirname(python), 'scim2-server');
  const child = spawn(program, ['--hostname', '127.0.0.1', '--port', String(port), '--bearer-token', TOKEN], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let printed = '';
  child.stderr.on('data', (chunk: Buffer) => {
    printed = (printed + chunk.toString('utf8')).slice(-10_000);
  });
  const url = `http://127.0.0.1:${port}/v2`;

  async function close(): Promise<void> {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const gone = once(child, 'exit');
    child.kill('SIGKILL');
    await gone;
  }

  const began = performance.now();
  while (!(await answers(url))) {
    if (child.exitCode !== null) throw new Error(`scim2-server ended with ${child.exitCode}: ${printed}`);
    if (performance.now() - began > READY_WITHIN) {
      await close();
      throw new Error(`scim2-server is not ready: ${printed}`);
    }
    await pause(50);
  }
  return { url, token: TOKEN, pid: child.pid ?? 0, close };
}

async function answers(url: string): Promise<boolean> {
  try {
    const answer = await fetch(`${url}/ServiceProviderConfig`, { headers: { authorization: `Bearer ${TOKEN}` } });
    await answer.arrayBuffer();
    return answer.ok;
  } catch {
    return false;
  }
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const address = probe.address();
  probe.close();
  await once(probe, 'close');
  if (address === null || typeof address === 'string') throw new Error('No port');
  return address.port;
}
