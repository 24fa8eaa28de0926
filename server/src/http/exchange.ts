import type { Catalogue, Rules } from '@rollcall/scim';
import type { Principal } from '../auth/authenticate.ts';
import type { IdentityServer, Store } from '../store/contract.ts';

/** A SCIM request as the handlers see it: HTTP without a framework. */
export interface ScimRequest {
  readonly method: string;
  /** Path segments below the base URL, decoded: `['Users', '2819c223']`. */
  readonly segments: readonly string[];
  /** The raw query string, without the question mark. */
  readonly query: string;
  /** Value of a header by its lower-case name. */
  header(name: string): string | undefined;
  /** The body's text; empty when there was none. */
  readonly body: string;
}

/** An answer. A body that is an iterable is streamed; its parts are pieces of one JSON text. */
export interface ScimResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | AsyncIterable<string> | undefined;
}

export interface Limits {
  readonly maxBody: number;
  readonly bulkOperations: number;
  readonly cursorTimeout: number;
}

/** What an operation works with: the identity server asked, who asks, and the few things that are not pure. */
export interface Exchange {
  readonly store: Store;
  readonly server: IdentityServer;
  readonly catalogue: Catalogue;
  readonly principal: Principal;
  readonly rules: Rules;
  readonly limits: Limits;
  /** `https://host/scim/entra/v2`: what locations begin with. No trailing slash. */
  readonly baseUrl: string;
  readonly now: number;
  newId(): string;
  /** Signs what a cursor says, so that none can be made up. */
  sign(text: string): string;
  /** Tells the program's own log of a mistake of ours that the answer only hints at. */
  reportFailure(error: unknown): void;
  /** Members that named no resource and were skipped: for a response header and the request log. */
  readonly skippedMembers: string[];
}
