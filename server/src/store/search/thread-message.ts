import type { ErrorStatus, ScimType } from '@rollcall/scim';
import type { SearchPage, SearchQuery } from '../contract.ts';

export interface ReaderThreadOptions {
  readonly file: string;
  readonly budget: number;
}

/** A search on its way to a thread, which makes the catalogue itself. */
export interface ThreadSearch extends Omit<SearchQuery, 'catalogue'> {
  /** The total, when an earlier page of the same walk has counted it. */
  readonly knownTotal: number | undefined;
}

export type ThreadReply =
  /** Sent once: the thread has its connection. */
  | { readonly kind: 'ready' }
  | { readonly kind: 'page'; readonly page: SearchPage }
  | { readonly kind: 'exceeded' }
  /** A ScimError: its class does not travel. */
  | {
      readonly kind: 'refused';
      readonly status: ErrorStatus;
      readonly scimType: ScimType | undefined;
      readonly detail: string;
    }
  /** Another database than SQLite is away. */
  | { readonly kind: 'unavailable'; readonly detail: string }
  | { readonly kind: 'failure'; readonly error: Error };
