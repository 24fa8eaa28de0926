import type { Quarantine } from '@rollcall/provisioning';
import type { ApplicationState } from '../../contract/application.ts';
import type { Token } from '../../store/contract.ts';

/** What is known when it is decided what needs a person. Times are milliseconds. */
export interface Facts {
  readonly now: number;
  readonly applications: readonly ApplicationFacts[];
  readonly identityServers: readonly IdentityServerFacts[];
  readonly tokens: readonly TokenFacts[];
  readonly system: SystemFacts;
}

export interface ApplicationFacts {
  readonly slug: string;
  readonly name: string;
  readonly state: ApplicationState;
  readonly quarantine: Quarantine | null;
  /** Whether its connection needs a secret that is not there. */
  readonly secretMissing: boolean;
  /** When the credentials of its connection expire, where somebody said so. */
  readonly expires: number | null;
  readonly failing: number;
  readonly staged: number;
  readonly drift: number;
  readonly wantsMail: boolean;
}

export interface IdentityServerFacts {
  readonly slug: string;
  readonly name: string;
  readonly active: boolean;
  readonly modified: number;
  readonly security: string;
  readonly lastRequest: number | null;
}

export interface TokenFacts
  extends Pick<Token, 'id' | 'name' | 'created' | 'expires' | 'revoked' | 'replacedBy' | 'lastUsed'> {
  /** Slug of its identity server; null for one of the API. */
  readonly identityServer: string | null;
}

export interface SystemFacts {
  /** Entries of the request log that were lost since the start. */
  readonly dropped: number;
  /** Of the data directory's disk, in bytes; null where nobody can tell. */
  readonly disk: { readonly free: number; readonly total: number } | null;
  readonly sendsMail: boolean;
  readonly publicUrl: string;
  readonly beyondLoopback: boolean;
}
