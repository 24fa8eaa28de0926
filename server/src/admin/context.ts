import type { Note } from '@rollcall/scim';
import type { Logger } from 'pino';
import type { Authentication } from '../auth/authentication.ts';
import type { Keys } from '../auth/keys.ts';
import type { Registry } from '../auth/registry.ts';
import type { Config } from '../config.ts';
import type { Imports } from '../import/import-in-progress.ts';
import type { Provisioning } from '../provisioning/contract.ts';
import type { RequestLog } from '../request-log/contract.ts';
import type { IdentityServer, Store } from '../store/contract.ts';

/** A SCIM request of the administrator's own; `path` begins below the base URL: `/Users`. */
export interface ScimCall {
  readonly method: string;
  readonly path: string;
  readonly query: string;
  /** JSON text; absent when there is none. */
  readonly body?: string;
  /** By lower-case name: preconditions (RFC 7644 §3.14). */
  readonly headers?: Readonly<Record<string, string | undefined>>;
}

/** What was answered to it. */
export interface ScimAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** JSON text, empty when there is none. */
  readonly body: string;
  /** What was straightened, and how many members were skipped because nothing has their id. */
  readonly notes: readonly Note[];
  readonly membersSkipped: number;
}

/** What the admin API works with. */
export interface AdminContext {
  readonly store: Store;
  readonly registry: Registry;
  readonly authentication: Authentication;
  readonly keys: Keys;
  readonly requestLog: RequestLog;
  readonly config: Config;
  /** Which directories are being imported into: whoever reads one waits for the end. */
  readonly imports: Imports;
  readonly provisioning: Provisioning;
  readonly log: Logger;
  readonly version: string;
  now(): number;
  newId(): string;
  /** What identity providers reach: SCIM URLs begin with it. */
  publicUrl(): string;
  /** The SCIM operations themselves, in process; on another store than its own, on a rehearsal's say. */
  scim(server: IdentityServer, call: ScimCall, store?: Store): Promise<ScimAnswer>;
}
