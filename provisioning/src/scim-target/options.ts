import type { LookupOptions } from 'node:dns';
import type { Profile } from './profile.ts';

/** How a connection proves who it is. The values are secrets in clear text. */
export type ScimCredentials =
  | { readonly kind: 'none' }
  | { readonly kind: 'token'; readonly token: string }
  | { readonly kind: 'basic'; readonly userName: string; readonly password: string }
  | {
      readonly kind: 'clientCredentials';
      readonly tokenUrl: string;
      readonly clientId: string;
      readonly clientSecret: string;
      readonly scope: string | null;
    };

/** An address that a host name stands for. */
export interface ResolvedAddress {
  readonly address: string;
  readonly family: number;
}

/** Finds all addresses of a host name; rejects as `dns.lookup` does. */
export type Resolve = (host: string, options: LookupOptions) => Promise<readonly ResolvedAddress[]>;

/** A connection to a SCIM service provider. */
export interface ScimTargetOptions {
  /** The base of the SCIM API. A query string (`?aadOptscim062020`) stays on every request. */
  readonly baseUrl: string;
  readonly credentials: ScimCredentials;
  /** `rfc`: RFC 7644 as written. `entra`: byte for byte what Microsoft Entra ID sends. */
  readonly dialect: 'rfc' | 'entra';
  /** What was found out before; null: what RFC 7644 lets expect, and what is learnt on the way. */
  readonly profile: Profile | null;
  /** Which addresses may be called: `public` refuses private and loopback ones too. */
  readonly targets: 'any' | 'public';
  /** The system's name resolution unless given. */
  readonly resolve?: Resolve;
  /** Milliseconds since 1970. */
  now(): number;
  /** Milliseconds for one request and its whole answer; 30,000 unless given. */
  readonly timeout?: number;
  /** Told when something was learnt from answers; the profile is to be kept. */
  onProfile?(profile: Profile): void;
}
