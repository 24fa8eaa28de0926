import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { RouteOptions } from 'fastify';
import type { z } from 'zod';
import { type Config, configSchema } from '../config.ts';
import { openRollcall } from '../rollcall.ts';
import type { Role } from '../store/administrator-contract.ts';
import { databaseFile } from '../store/sqlite/database-file.ts';
import { databaseOf, dropDatabaseOf } from '../store/test-store.fixture.ts';
import { openPeople, type TestPerson } from './people.fixture.ts';
import { postgresStatements, sqliteStatements } from './statements.fixture.ts';

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** A whole Rollcall on a data directory of its own, for the admin API's tests. */
export interface TestRollcall {
  readonly directory: string;
  /** Over TCP. */
  readonly url: string;
  /** Sends to the admin API as the socket does. */
  send(
    method: Method,
    path: string,
    body?: unknown,
    headers?: Readonly<Record<string, string>>,
  ): Promise<{ status: number; headers: Record<string, unknown>; text: string }>;
  /** The same; the answer must be one that `schema` describes, and no error. */
  ask<T>(schema: z.ZodType<T>, method: Method, path: string, body?: unknown): Promise<T>;
  /** What `rollcall serve` does at its start. */
  beginSetup(): Promise<string | undefined>;
  /** A person with a role who has signed in, as if by another way; for what passwords have no part in. */
  person(role: Role, userName?: string): TestPerson;
  /** A session of a person, by its token; times in milliseconds. */
  session(id: string, began?: number, used?: number): string;
  /** When a session was last used. */
  lastUsed(token: string): number;
  /** Every route of the admin API, as Fastify has registered it. */
  readonly routes: readonly RouteOptions[];
  close(): Promise<void>;
}

export async function openTestRollcall(changes: Partial<Config> = {}): Promise<TestRollcall> {
  const directory = await mkdtemp(join(tmpdir(), 'rollcall-test-'));
  const data = join(directory, 'data');
  const database = await databaseOf(data);
  const config = configSchema.parse({ data, ...database, listen: '127.0.0.1:0', logLevel: 'silent', ...changes });
  const rollcall = await openRollcall(config);
  const routes: RouteOptions[] = [];
  rollcall.admin.addHook('onRoute', (route) => void routes.push(route));
  await rollcall.admin.ready();
  const { url } = await rollcall.listen();
  const statements =
    database.databaseUrl === undefined
      ? sqliteStatements(databaseFile(data))
      : postgresStatements(database.databaseUrl);
  const people = openPeople(statements, url);

  const send: TestRollcall['send'] = async (method, path, body, given = {}) => {
    const content =
      body === undefined
        ? { headers: given }
        : { payload: JSON.stringify(body), headers: { 'content-type': 'application/json', ...given } };
    const { statusCode, headers, payload } = await rollcall.admin.inject({ method, url: `/api${path}`, ...content });
    return { status: statusCode, headers, text: payload };
  };
  return {
    directory,
    url,
    send,
    async ask(schema, method, path, body) {
      const { status, text } = await send(method, path, body);
      if (status >= 400) throw new Error(`${method} ${path} answered ${status}: ${text}`);
      return schema.parse(JSON.parse(text));
    },
    beginSetup: rollcall.beginSetup,
    person: people.add,
    session: people.session,
    lastUsed: people.lastUsed,
    routes,
    async close() {
      people.close();
      await rollcall.close();
      await dropDatabaseOf(data);
      await rm(directory, { recursive: true, force: true });
    },
  };
}
