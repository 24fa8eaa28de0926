export type { Resolve, ResolvedAddress, ScimCredentials, ScimTargetOptions } from './options.ts';
export type { Capability, FilterCapability, Profile } from './profile.ts';
export { openScimTarget, type ScimTarget, type ScimTargetStatistics } from './scim-target.ts';
export { type MatchingPaths, testConnection } from './test-connection.ts';
export type { ConnectionCapability, ConnectionFault, ConnectionVerdict } from './verdict.ts';
