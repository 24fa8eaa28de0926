import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { type ProcessOptions, startProcess } from '../harness/process.ts';
import type { Address } from './connections.ts';
import type { Database } from './database.ts';
import { type Meter, meterOf } from './processor-time.ts';

/** A server under test, in a process of its own. */
export interface Target extends Address {
  readonly meter: Meter;
  stop(): Promise<void>;
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

async function answers(origin: string, child: ChildProcess): Promise<void> {
  for (;;) {
    if (child.exitCode !== null) throw new Error(`It ended with ${child.exitCode}`);
    try {
      await (await fetch(`${origin}/Users`)).arrayBuffer();
      return;
    } catch {
      await pause(20);
    }
  }
}

/** Starts one of the servers beside this file; `arguments` come after its directory and its port. */
export async function startBeside(
  file: 'floor.ts' | 'scimmy.ts' | 'jackson.ts',
  { database, further = [] }: { readonly database?: Database | undefined; readonly further?: readonly string[] } = {},
): Promise<Target> {
  const directory = await mkdtemp(join(tmpdir(), 'rollcall-bench-'));
  const port = await freePort();
  const origin = `http://127.0.0.1:${port}`;
  const program = fileURLToPath(new URL(file, import.meta.url));
  const child = spawn(process.execPath, [program, directory, String(port), ...further], {
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  await answers(origin, child);
  return {
    meter: meterOf(() => [child.pid ?? 0], database?.postmaster),
    origin,
    base: '',
    token: 'none',
    async stop() {
      const ended = once(child, 'exit');
      child.kill('SIGKILL');
      await ended;
      await rm(directory, { recursive: true, force: true });
    },
  };
}

export interface RollcallOptions {
  /** A directory for profiles of the server. */
  readonly profile?: string | undefined;
  /** PostgreSQL to keep everything in. */
  readonly database?: Database | undefined;
}

/** The real server with its request log on, as it is by default. */
export async function startRollcall(options: RollcallOptions): Promise<Target> {
  const rollcall = await startProcess(processOptions(options));
  const server = await rollcall.identityServer();
  return {
    meter: meterOf(() => [rollcall.pid() ?? 0], options.database?.postmaster),
    origin: rollcall.origin,
    base: new URL(server.baseUrl).pathname,
    token: server.token,
    stop: () => rollcall.remove(),
  };
}

export function processOptions({ profile, database }: RollcallOptions): ProcessOptions {
  return {
    nodeFlags: profile === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${profile}`],
    environment: database === undefined ? {} : { ROLLCALL_DATABASE_URL: database.url },
  };
}
