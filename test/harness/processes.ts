import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Admin } from './admin.ts';
import { addIdentityServer, type IdentityServerOptions, type TestIdentityServer } from './identity-server.ts';
import { type ConnectionPool, openPool } from './pool.ts';
import { type ServerProcess, startProcess } from './process.ts';

export interface ProcessesOptions {
  /** An empty database, or one that others have served before. */
  readonly databaseUrl: string;
  readonly count?: number;
  /** Further flags of `rollcall serve`. */
  readonly flags?: readonly string[];
}

/** Several `rollcall serve` on one database, each with a data directory of its own, and all with the same keys. */
export interface Processes {
  readonly all: readonly ServerProcess[];
  /** The n-th of them. */
  at(n: number): ServerProcess;
  /** The admin API of the first one that runs. */
  readonly admin: Admin;
  identityServer(options?: IdentityServerOptions): Promise<TestIdentityServer>;
  /** As many connections to each; requests go to one after another. */
  pool(server: { readonly baseUrl: string; readonly token: string }, connections: number): ConnectionPool;
  remove(): Promise<void>;
}

/** Starts three processes, unless said how many, on a database; all at once, as an orchestrator does. */
export async function startProcesses({ databaseUrl, count = 3, flags = [] }: ProcessesOptions): Promise<Processes> {
  const directory = await mkdtemp(join(tmpdir(), 'rollcall-processes-'));
  const start = (_: unknown, n: number) =>
    startProcess({
      data: join(directory, String(n)),
      flags: ['--keys-file', join(directory, 'keys'), ...flags],
      environment: { ROLLCALL_DATABASE_URL: databaseUrl },
    });
  const started = await Promise.allSettled(Array.from({ length: count }, start));
  const all = started.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value] : []));
  async function remove(): Promise<void> {
    await Promise.all(all.map((one) => one.remove()));
    await rm(directory, { recursive: true, force: true });
  }
  const failed = started.find((outcome) => outcome.status === 'rejected');
  if (failed !== undefined) {
    await remove();
    throw failed.reason;
  }
  const first = (): ServerProcess => {
    const running = all.find((one) => one.pid() !== undefined);
    if (running === undefined) throw new Error('None of the processes runs');
    return running;
  };
  const admin: Admin = (method, path, body) => first().admin(method, path, body);
  return {
    all,
    at(n) {
      const one = all[n];
      if (one === undefined) throw new Error(`There is no process ${n}`);
      return one;
    },
    admin,
    identityServer: (options) => addIdentityServer(admin, first().origin, options),
    pool({ baseUrl, token }, connections) {
      const { pathname } = new URL(baseUrl);
      return roundRobin(all.map(({ origin }) => openPool({ baseUrl: origin + pathname, token }, connections)));
    },
    remove,
  };
}

/** Each request goes to the next of the pools: to the one after that where nobody listens, as any balancer has it. */
function roundRobin(pools: readonly ConnectionPool[]): ConnectionPool {
  let next = 0;
  return {
    async request(...words) {
      for (let tries = 1; ; tries++) {
        try {
          // There is one at least.
          return await (pools[next++ % pools.length] as ConnectionPool).request(...words);
        } catch (error) {
          if (tries === pools.length || !isRefused(error)) throw error;
        }
      }
    },
    async close() {
      await Promise.all(pools.map((pool) => pool.close()));
    },
  };
}

const isRefused = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'ECONNREFUSED';
