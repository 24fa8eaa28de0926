import type { Target } from '../target.ts';
import type { ScimTargetOptions } from './options.ts';
import type { Profile } from './profile.ts';

/** How busy a target is. */
export interface ScimTargetStatistics {
  /** Requests that may be under way at once at present. */
  readonly concurrency: number;
  /** Requests that wait for a place. */
  readonly waiting: number;
  /** Answers so far that asked to send less. */
  readonly throttled: number;
}

export interface ScimTarget extends Target {
  /** What is known of the service provider by now. */
  readonly profile: Profile;
  statistics(): ScimTargetStatistics;
}

/** Opens a connection to a SCIM service provider; nothing is sent yet. Errors: TargetError `ServiceIncompatible` for a URL that is none. */
export function openScimTarget(_options: ScimTargetOptions): ScimTarget {
  throw new Error('It cannot be opened yet');
}
