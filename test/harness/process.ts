import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { Admin } from './admin.ts';
import { addIdentityServer, type IdentityServerOptions, type TestIdentityServer } from './identity-server.ts';
import { send } from './send.ts';

const EXECUTABLE = fileURLToPath(new URL('../../cli/bin/rollcall.js', import.meta.url));
const READY_WITHIN = 90_000;

export interface ProcessOptions {
  /** Data directory; without one, a temporary one that `remove` deletes. */
  readonly data?: string;
  /** Address and port; a free port of 127.0.0.1 unless said. */
  readonly listen?: string | undefined;
  /** Further flags of `rollcall serve`. */
  readonly flags?: readonly string[];
  /** Flags of node itself, such as `--cpu-prof`. */
  readonly nodeFlags?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
}

/** `rollcall serve` as a child process that can be killed and started again on the same data and port. */
export interface ServerProcess {
  readonly origin: string;
  readonly data: string;
  /** Process id of the present run; undefined between runs. */
  pid(): number | undefined;
  /** What the present run printed, on both streams. */
  output(): string;
  readonly admin: Admin;
  identityServer(options?: IdentityServerOptions): Promise<TestIdentityServer>;
  /** Starts it when it does not run; ends when it is ready, with the milliseconds that took. */
  start(): Promise<number>;
  /** Sends a signal (SIGKILL unless said) and ends when the process is gone, with its exit code. */
  kill(signal?: NodeJS.Signals): Promise<number | null>;
  /** Stops it and removes a temporary data directory. */
  remove(): Promise<void>;
}

/** Starts `node cli/bin/rollcall.js serve` on a free loopback port and waits until it is ready. */
export async function startProcess(options: ProcessOptions = {}): Promise<ServerProcess> {
  const { flags = [], nodeFlags = [], environment = {} } = options;
  const data = options.data ?? (await mkdtemp(join(tmpdir(), 'rollcall-')));
  const listen = options.listen ?? `127.0.0.1:${await freePort()}`;
  const origin = `http://${listen}`;
  let child: ChildProcess | undefined;
  let printed = '';

  async function start(): Promise<number> {
    if (child !== undefined) return 0;
    printed = '';
    const began = performance.now();
    const args = [...nodeFlags, EXECUTABLE, 'serve', '--data', data, '--listen', listen, ...flags];
    const started = spawn(process.execPath, args, {
      env: { ...process.env, ROLLCALL_LOG_LEVEL: 'warn', ...environment },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    child = started;
    for (const stream of [started.stdout, started.stderr]) {
      stream.on('data', (chunk: Buffer) => {
        printed += chunk.toString('utf8');
      });
    }
    while (!(await isReady(origin))) {
      if (started.exitCode !== null) throw new Error(`It ended with ${started.exitCode}: ${printed}`);
      if (performance.now() - began > READY_WITHIN) throw new Error(`It is not ready: ${printed}`);
      await wait(10);
    }
    return performance.now() - began;
  }

  async function kill(signal: NodeJS.Signals = 'SIGKILL'): Promise<number | null> {
    const running = child;
    child = undefined;
    if (running === undefined || running.exitCode !== null || running.signalCode !== null)
      return running?.exitCode ?? null;
    const gone = once(running, 'exit');
    running.kill(signal);
    await gone;
    return running.exitCode;
  }

  const admin: Admin = (method, path, body) => {
    const text = body === undefined ? undefined : JSON.stringify(body);
    const headers = { 'content-type': 'application/json' };
    return send({ socketPath: socketOf(data) }, { method, path: `/api${path}`, headers, body: text });
  };

  await start();
  return {
    origin,
    data,
    pid: () => child?.pid,
    output: () => printed,
    admin,
    identityServer: (wanted) => addIdentityServer(admin, origin, wanted),
    start,
    kill,
    async remove() {
      await kill('SIGTERM');
      if (options.data === undefined) await rm(data, { recursive: true, force: true });
    },
  };
}

async function isReady(origin: string): Promise<boolean> {
  try {
    return (await send({ origin }, { method: 'GET', path: '/readyz' })).status === 200;
  } catch {
    return false;
  }
}

/** A path too long for a socket address is replaced by one that the file `socket` names. */
function socketOf(data: string): string {
  const named = join(data, 'socket');
  return existsSync(named) ? readFileSync(named, 'utf8').trim() : join(data, 'rollcall.sock');
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
