import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { startProcess } from '../harness/process.ts';
import type { Address } from './connections.ts';

/** A server under test, in a process of its own. */
export interface Target extends Address {
  pid(): number;
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

/** Starts one of the servers beside this file. */
export async function startBeside(file: 'floor.ts' | 'scimmy.ts'): Promise<Target> {
  const directory = await mkdtemp(join(tmpdir(), 'rollcall-bench-'));
  const port = await freePort();
  const origin = `http://127.0.0.1:${port}`;
  const program = fileURLToPath(new URL(file, import.meta.url));
  const child = spawn(process.execPath, [program, directory, String(port)], {
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  await answers(origin, child);
  return {
    pid: () => child.pid ?? 0,
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

/** The real server with its request log on, as it is by default; `profile` is a directory for its profiles. */
export async function startRollcall(profile: string | undefined): Promise<Target> {
  const nodeFlags = profile === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${profile}`];
  const rollcall = await startProcess({ nodeFlags });
  const server = await rollcall.identityServer();
  return {
    pid: () => rollcall.pid() ?? 0,
    origin: rollcall.origin,
    base: new URL(server.baseUrl).pathname,
    token: server.token,
    stop: () => rollcall.remove(),
  };
}
