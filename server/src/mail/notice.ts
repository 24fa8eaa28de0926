import type { Quarantine } from '@rollcall/provisioning';

/** Something that the people behind an application are told by mail. Times are milliseconds since 1970. */
export type Notice =
  | { readonly kind: 'quarantineEntered'; readonly quarantine: Quarantine }
  | { readonly kind: 'quarantineReasonChanged'; readonly quarantine: Quarantine }
  /** `quarantine` is the one that has ended. */
  | { readonly kind: 'quarantineRecovered'; readonly quarantine: Quarantine }
  /** The quarantine has lasted 28 days. */
  | { readonly kind: 'jobDisabled'; readonly quarantine: Quarantine }
  | {
      readonly kind: 'removalsStaged';
      /** How many wait, and the labels of the first ones (20 are shown). */
      readonly waiting: number;
      readonly labels: readonly string[];
      /** When the first of those that wait was held. */
      readonly since: number;
    }
  /** `days` is the warning that is due: see `credentialsNotice`. */
  | { readonly kind: 'credentialsExpire'; readonly expires: number; readonly days: number };
