import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { configSchema, openRollcall } from '@rollcall/server';
import type { z } from 'zod';
import type { Admin } from './admin.ts';
import { addIdentityServer, type IdentityServerOptions, type TestIdentityServer } from './identity-server.ts';

export interface ServerOptions extends IdentityServerOptions {
  /** What to configure beside the data directory, the address and a silent log. */
  readonly config?: Partial<z.input<typeof configSchema>>;
}

/** The real server in this process, with one identity server and a client of it. */
export interface TestServer extends TestIdentityServer {
  /** Scheme, host and port, such as `http://127.0.0.1:40001`. */
  readonly origin: string;
  readonly admin: Admin;
  /** Another identity server of the same process; cheap, so that each test can have its own. */
  identityServer(options?: IdentityServerOptions): Promise<TestIdentityServer>;
  /** Closes the server and removes its data. */
  stop(): Promise<void>;
}

/** Starts the server on a free loopback port and a temporary data directory. */
export async function startServer({ config, ...options }: ServerOptions = {}): Promise<TestServer> {
  const data = await mkdtemp(join(tmpdir(), 'rollcall-test-'));
  const rollcall = await openRollcall(
    configSchema.parse({ data, listen: '127.0.0.1:0', logLevel: 'silent', ...config }),
  );
  const { url: origin } = await rollcall.listen();
  const admin: Admin = async (method, path, body) => {
    const payload = body === undefined ? {} : { payload: JSON.stringify(body) };
    const headers = { 'content-type': 'application/json' };
    const answer = await rollcall.admin.inject({ method, url: `/api${path}`, headers, ...payload });
    const isJson = /json/.test(String(answer.headers['content-type'])) && answer.payload !== '';
    return {
      status: answer.statusCode,
      headers: {},
      text: answer.payload,
      body: isJson ? JSON.parse(answer.payload) : null,
    };
  };
  const identityServer = (wanted?: IdentityServerOptions) => addIdentityServer(admin, origin, wanted);
  return {
    ...(await identityServer(options)),
    origin,
    admin,
    identityServer,
    async stop() {
      await rollcall.close();
      await rm(data, { recursive: true, force: true });
    },
  };
}
