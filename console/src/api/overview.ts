import type { ApplicationState, CycleView } from '@rollcall/server/contract';
import { apiQuery } from './queries.ts';

export type AttentionKind =
  | 'quarantine'
  | 'switchedOff'
  | 'removalsHeld'
  | 'objectsFail'
  | 'drift'
  | 'credentialsMissing'
  | 'credentialsExpired'
  | 'credentialsExpire'
  | 'tokenExpired'
  | 'tokenExpires'
  | 'replacedTokenUsed'
  | 'inactiveAsked'
  | 'unprotected'
  | 'requestLogDropped'
  | 'diskNearlyFull'
  | 'noMail'
  | 'notEncrypted';

export type Severity = 'error' | 'warning' | 'info';

/** Something that may need a person. */
export interface AttentionView {
  readonly id: string;
  readonly kind: AttentionKind;
  readonly severity: Severity;
  readonly subject: {
    readonly kind: 'application' | 'identityServer' | 'token' | 'system';
    readonly slug: string | null;
    readonly name: string;
  };
  readonly message: string;
  readonly advice: string;
  /** What of the message changes; older servers do not say. */
  readonly values?: Readonly<Record<string, string | number>>;
  readonly since: string | null;
  readonly link: string;
}

export interface OverviewServer {
  readonly slug: string;
  readonly name: string;
  readonly active: boolean;
  readonly default: boolean;
  readonly security: 'bearer' | 'basic' | 'none';
  readonly users: number;
  readonly groups: number;
  readonly requests24h: number;
  readonly errors24h: number;
  readonly lastRequestAt: string | null;
}

export interface OverviewApplication {
  readonly slug: string;
  readonly name: string;
  /** Slug of the identity server. */
  readonly directory: string;
  readonly state: ApplicationState;
  readonly links: { readonly users: number; readonly groups: number };
  readonly failing: number;
  readonly staged: number;
  readonly drift: number;
  readonly lastCycle: CycleView | null;
  /** From 0 to 1, of the cycle that runs. */
  readonly progress: number | null;
}

export interface OverviewView {
  readonly attention: readonly AttentionView[];
  readonly identityServers: readonly OverviewServer[];
  readonly applications: readonly OverviewApplication[];
}

export interface RequestBucket {
  readonly at: string;
  readonly total: number;
  readonly clientErrors: number;
  readonly serverErrors: number;
  readonly meanMs: number | null;
}

export interface RequestStatisticsView {
  readonly bucketSeconds: number;
  readonly buckets: readonly RequestBucket[];
}

export const overviewQuery = () => apiQuery<OverviewView>(['overview']);
export const requestStatisticsQuery = (hours: number) =>
  apiQuery<RequestStatisticsView>(['statistics', 'requests'], { hours });
