import type { Logger } from 'pino';
import type { Authentication } from './auth/authentication.ts';
import type { Keys } from './auth/keys.ts';
import type { RateLimit } from './auth/rate-limit.ts';
import type { Registry } from './auth/registry.ts';
import type { Config } from './config.ts';
import type { Metrics } from './http/metrics.ts';
import type { RequestLog } from './request-log/contract.ts';
import type { Store } from './store/contract.ts';

/** What a running Rollcall consists of; made once by `openRollcall`. */
export interface Context {
  readonly config: Config;
  readonly log: Logger;
  readonly store: Store;
  readonly requestLog: RequestLog;
  readonly registry: Registry;
  readonly keys: Keys;
  readonly authentication: Authentication;
  readonly metrics: Metrics;
  readonly rateLimit: RateLimit;
  now(): number;
  /** Whether `X-Forwarded-*` headers of this peer count. */
  isTrustedProxy(address: string | undefined): boolean;
  /** `http://127.0.0.1:8080`: where it listens, for locations when no public URL is set. */
  listenUrl(): string;
}
