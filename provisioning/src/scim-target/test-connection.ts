import type { ScimTargetOptions } from './options.ts';
import type { ConnectionVerdict } from './verdict.ts';

/** The attributes that the mappings match on first. `group` undefined: groups are not provisioned. */
export interface MatchingPaths {
  readonly user: string;
  readonly group: string | undefined;
}

/** Tries a connection by reading only. Never rejects for what the service provider does. */
export function testConnection(_options: ScimTargetOptions, _matching: MatchingPaths): Promise<ConnectionVerdict> {
  return Promise.reject(new Error('It cannot be tried yet'));
}
