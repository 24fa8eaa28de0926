import type { Exchange } from '../target.ts';
import type { Capability, Profile } from './profile.ts';

/** What is at fault when a connection cannot be used. */
export type ConnectionFault = 'url' | 'dns' | 'network' | 'tls' | 'credentials' | 'rights' | 'dialect' | 'address';

export interface ConnectionCapability {
  readonly name:
    | 'find users'
    | 'find groups'
    | 'create'
    | 'PATCH'
    | 'PUT'
    | 'deactivate'
    | 'groups'
    | 'members'
    | 'paging'
    | 'bulk';
  /** Null: not known yet, it shows while working. */
  readonly supported: boolean | null;
  readonly how: Capability<unknown>['how'];
  /** A sentence that says what it is known from. */
  readonly evidence: string;
}

/** What a test of a connection has shown. */
export interface ConnectionVerdict {
  readonly ok: boolean;
  readonly fault: ConnectionFault | null;
  /** What is wrong and what to do next, for people. */
  readonly message: string;
  readonly exchanges: readonly Exchange[];
  readonly capabilities: readonly ConnectionCapability[];
  /** What is to be kept; null when the service provider was not reached. */
  readonly profile: Profile | null;
}
