import type { ObjectType } from '../source.ts';

/** One thing that a service provider can or cannot do, and how that is known. */
export interface Capability<T> {
  readonly value: T;
  /** `default`: assumed; `announced`: by its discovery pages; `probed`: by a test; `learnt`: from answers while working. */
  readonly how: 'default' | 'announced' | 'probed' | 'learnt';
  /** A sentence that says what it is known from. */
  readonly evidence: string;
}

/** Whether objects can be searched by one attribute. */
export interface FilterCapability extends Capability<boolean> {
  readonly type: ObjectType;
  /** Target attribute path, such as `userName`. */
  readonly path: string;
}

/** What one service provider is known to do; it survives as JSON. */
export interface Profile {
  readonly version: 1;
  /** One for each attribute that was tried; the others are assumed to be searchable. */
  readonly filters: readonly FilterCapability[];
  readonly patch: Capability<boolean>;
  readonly put: Capability<boolean>;
  /** Whether an update answers with the whole resource. */
  readonly echo: Capability<boolean>;
  readonly groups: Capability<boolean>;
  /** How many members one request may add or remove. */
  readonly memberChunk: Capability<number>;
  readonly paging: Capability<'startIndex' | 'cursor'>;
  readonly bulk: Capability<boolean>;
  /** Whether users can be disabled by `active`. */
  readonly deactivate: Capability<boolean>;
}

const assumed = <T>(value: T, evidence: string): Capability<T> => ({ value, how: 'default', evidence });

/** What RFC 7644 lets expect of a service provider that nothing is known of. */
export const DEFAULT_PROFILE: Profile = {
  version: 1,
  filters: [],
  patch: assumed(true, 'Most service providers have PATCH; it shows with the first update.'),
  put: assumed(true, 'Every service provider has PUT (RFC 7644 §3.5.1).'),
  echo: assumed(true, 'It shows with the first update whether the resource is answered.'),
  groups: assumed(true, 'Most service providers have groups; it shows with the first search.'),
  memberChunk: assumed(100, 'Service providers that limit it take 100 members in a request.'),
  paging: assumed('startIndex', 'Lists are paged by startIndex (RFC 7644 §3.4.2.4) unless they name a next cursor.'),
  bulk: assumed(false, 'It is not used.'),
  deactivate: assumed(true, 'It shows with the first user that is disabled.'),
};
