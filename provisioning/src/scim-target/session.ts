import type { ObjectType } from '../source.ts';
import type { Learning } from './learning.ts';
import type { Requester } from './requester.ts';

/** What the operations on a service provider work with. */
export interface Session {
  readonly send: Requester['send'];
  readonly learning: Learning;
  readonly dialect: 'rfc' | 'entra';
  /** Whether the base URL has the flag with which Entra ID keeps to RFC 7644. */
  readonly compliant: boolean;
  /** Whether an unproven search is to be verified now: the 1st, 2nd, 4th, 8th ... time that it is asked for a key. */
  isTimeToVerify(key: string): boolean;
  now(): number;
}

export const endpointOf = (type: ObjectType): string => (type === 'User' ? '/Users' : '/Groups');

/** Answers of groups never need to list members. */
export const WITHOUT_MEMBERS = 'excludedAttributes=members';

/** The query parameter of a filter: spaces as `+`, everything else percent-encoded. */
export const filterQuery = (filter: string): string => `filter=${encodeURIComponent(filter).replaceAll('%20', '+')}`;
