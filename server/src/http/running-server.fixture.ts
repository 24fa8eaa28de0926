import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Json, JsonObject } from '@rollcall/scim';
import type { z } from 'zod';
import { configSchema } from '../config.ts';
import { type LogEntryView, logSchema } from '../contract/log.ts';
import { openRollcall, type Rollcall } from '../rollcall.ts';
import { databaseOf, dropDatabaseOf } from '../store/test-store.fixture.ts';
import { type Answer, type Sent, send } from './send.fixture.ts';
import { textAt } from './value-at.fixture.ts';

export const USER = 'urn:ietf:params:scim:schemas:core:2.0:User';
export const GROUP = 'urn:ietf:params:scim:schemas:core:2.0:Group';
export const ENTERPRISE = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';
export const PATCH_OP = 'urn:ietf:params:scim:api:messages:2.0:PatchOp';
export const SEARCH = 'urn:ietf:params:scim:api:messages:2.0:SearchRequest';
export const BULK = 'urn:ietf:params:scim:api:messages:2.0:BulkRequest';
export const ERROR = 'urn:ietf:params:scim:api:messages:2.0:Error';

type Body = JsonObject | string | Uint8Array;
type Headers = NonNullable<Sent['headers']>;

/** A client of one identity server, signed in with a token of full scope. */
export interface TestClient {
  readonly slug: string;
  /** `/scim/test/v2` */
  readonly base: string;
  readonly token: string;
  /** An object goes out as JSON with the SCIM media type, anything else as it is; `path` is below the base. */
  send(method: string, path: string, body?: Body, headers?: Headers): Promise<Answer>;
  /** The same client with another Authorization. */
  as(authorization: string | undefined): TestClient;
  /** Makes a user and says its id. */
  user(attributes?: JsonObject): Promise<string>;
  /** Makes a group and says its id. */
  group(displayName: string, members?: readonly string[]): Promise<string>;
  /** PATCH with these operations. */
  patch(path: string, ...operations: readonly JsonObject[]): Promise<Answer>;
  /** What the request log has of it, newest first. */
  log(): Promise<readonly LogEntryView[]>;
}

/** The whole server on loopback, with a data directory of its own. */
export interface RunningServer {
  readonly origin: string;
  readonly metricsUrl: string | undefined;
  readonly rollcall: Rollcall;
  /** Sends to the admin API; an error is thrown. */
  admin(method: 'GET' | 'POST' | 'PATCH' | 'DELETE', path: string, body?: Json): Promise<Json>;
  /** A new identity server with these settings. */
  identityServer(settings?: JsonObject): Promise<TestClient>;
  /** Closes it and removes its data. */
  stop(): Promise<void>;
}

/** Starts Rollcall on a free port of loopback; its data is in a new directory unless one is given. */
export async function runServer(changes: Partial<z.input<typeof configSchema>> = {}): Promise<RunningServer> {
  const data = changes.data ?? (await mkdtemp(join(tmpdir(), 'rollcall-http-')));
  const rollcall = await openRollcall(
    configSchema.parse({ data, ...(await databaseOf(data)), listen: '127.0.0.1:0', logLevel: 'silent', ...changes }),
  );
  const { url: origin, metricsUrl } = await rollcall.listen();

  const admin: RunningServer['admin'] = async (method, path, body) => {
    const content =
      body === undefined ? {} : { payload: JSON.stringify(body), headers: { 'content-type': 'application/json' } };
    const answer = await rollcall.admin.inject({ method, url: `/api${path}`, ...content });
    if (answer.statusCode >= 400) throw new Error(`${method} ${path} answered ${answer.statusCode}: ${answer.payload}`);
    return answer.payload === '' ? null : JSON.parse(answer.payload);
  };
  return {
    origin,
    metricsUrl,
    rollcall,
    admin,
    async identityServer(settings = {}) {
      const slug = textAt(await admin('POST', '/identity-servers', { name: 'Test', ...settings }), 'slug');
      const token = textAt(await admin('POST', `/identity-servers/${slug}/tokens`, { name: 'test' }), 'token');
      return clientOf(origin, admin, slug, token, `Bearer ${token}`);
    },
    async stop() {
      await rollcall.close();
      await dropDatabaseOf(data);
      await rm(data, { recursive: true, force: true });
    },
  };
}

let made = 0;

function clientOf(
  origin: string,
  admin: RunningServer['admin'],
  slug: string,
  token: string,
  authorization: string | undefined,
): TestClient {
  const base = `/scim/${slug}/v2`;
  const client: TestClient = {
    slug,
    base,
    token,
    send(method, path, body, headers = {}) {
      const isRaw = body === undefined || typeof body === 'string' || body instanceof Uint8Array;
      return send(origin, base + path, {
        method,
        headers: {
          authorization,
          ...(body === undefined ? {} : { 'content-type': 'application/scim+json' }),
          ...headers,
        },
        ...(body === undefined ? {} : { body: isRaw ? body : JSON.stringify(body) }),
      });
    },
    as: (other) => clientOf(origin, admin, slug, token, other),
    async user(attributes = {}) {
      const user = { schemas: [USER], userName: `user-${++made}`, ...attributes };
      return textAt((await client.send('POST', '/Users', user)).body, 'id');
    },
    async group(displayName, members = []) {
      const group = { schemas: [GROUP], displayName, members: members.map((value) => ({ value })) };
      return textAt((await client.send('POST', '/Groups', group)).body, 'id');
    },
    patch: (path, ...operations) => client.send('PATCH', path, { schemas: [PATCH_OP], Operations: [...operations] }),
    async log() {
      return logSchema.parse(await admin('GET', `/identity-servers/${slug}/log?limit=1000`)).entries;
    },
  };
  return client;
}
