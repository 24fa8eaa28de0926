import type { Json, JsonObject } from '@rollcall/scim';
import { afterAll, beforeAll } from 'vitest';
import type { TestIdentityServer } from './identity-server.ts';
import { type ServerOptions, startServer, type TestServer } from './server.ts';

/** Makes an identity server of the compatibility asked for, with these settings and definitions. */
export type Make = (settings?: JsonObject, ...definitions: readonly Json[]) => Promise<TestIdentityServer>;

/** The server of a test file. */
export interface OneServer {
  readonly tolerant: Make;
  readonly strict: Make;
  /** The running server; throws before the tests begin. */
  running(): TestServer;
}

/** One server for all tests of a file, each of which makes an identity server of its own. */
export function oneServer(config: NonNullable<ServerOptions['config']> = {}): OneServer {
  let server: TestServer | undefined;
  beforeAll(async () => {
    server = await startServer({ config });
  });
  afterAll(() => server?.stop());
  const running = () => {
    if (server === undefined) throw new Error('The server has not started');
    return server;
  };
  const make =
    (compatibility: 'tolerant' | 'strict'): Make =>
    (settings = {}, ...definitions) =>
      running().identityServer({ compatibility, settings, definitions });
  return { tolerant: make('tolerant'), strict: make('strict'), running };
}
