import type { Exchange } from '../target.ts';
import type { Capability, FilterCapability, Profile } from './profile.ts';

/** What is at fault when a connection cannot be used. */
export type ConnectionFault = 'url' | 'dns' | 'network' | 'tls' | 'credentials' | 'rights' | 'dialect' | 'address';

/** One thing that people ask of a service provider before they provision into it. */
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

/** What a profile says, as people ask it. Nothing is created in a test, so what only a write shows is not known. */
export function capabilitiesOf(
  profile: Profile,
  matching: { readonly user: string; readonly group: string | undefined },
): readonly ConnectionCapability[] {
  const row = (name: ConnectionCapability['name'], { value, how, evidence }: Capability<boolean>) => ({
    name,
    supported: how === 'default' ? null : value,
    how,
    evidence,
  });
  const unknown = (evidence: string): Capability<boolean> => ({ value: true, how: 'default', evidence });
  const search = (type: FilterCapability['type'], path: string | undefined) =>
    profile.filters.find((one) => one.type === type && one.path === path) ?? unknown('No search was tried.');
  const { paging, groups, memberChunk } = profile;
  const pages = `It is read by ${paging.value}. ${paging.evidence}`;
  const chunk = `${memberChunk.value} in one request. ${memberChunk.evidence}`;
  return [
    row('find users', search('User', matching.user)),
    row('find groups', search('Group', matching.group)),
    row('create', unknown('A test creates nothing; it shows with the first object.')),
    row('PATCH', profile.patch),
    row('PUT', profile.put),
    row('deactivate', profile.deactivate),
    row('groups', groups),
    row('members', { value: groups.value, how: groups.value ? memberChunk.how : groups.how, evidence: chunk }),
    row('paging', { value: true, how: paging.how, evidence: pages }),
    row('bulk', profile.bulk),
  ];
}
