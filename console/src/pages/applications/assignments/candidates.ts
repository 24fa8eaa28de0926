import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { apiQuery } from '../../../api/queries.ts';

export type ObjectType = 'User' | 'Group';

/** Somebody or a group of the directory that can be chosen. */
export interface Candidate {
  readonly type: ObjectType;
  readonly id: string;
  readonly label: string;
  /** What tells two of the same name apart. */
  readonly details: string;
  readonly isActive: boolean;
}

/** Where candidates come from: a directory, or the members of one of its groups. */
export type CandidateSource =
  | { readonly kind: 'directory'; readonly server: string; readonly types: readonly ObjectType[] }
  | { readonly kind: 'members'; readonly server: string; readonly group: string };

export interface Candidates {
  readonly found: readonly Candidate[] | undefined;
  /** Whether there are more than were asked for. */
  readonly hasMore: boolean;
  readonly error: unknown;
}

export const PAGE = 50;

const SEARCHED: Readonly<Record<ObjectType, readonly string[]>> = {
  User: ['userName', 'displayName', 'name.givenName', 'name.familyName', 'emails.value'],
  Group: ['displayName'],
};

/** The SCIM filter that finds what begins with a text; undefined for all. Groups may have it anywhere in their name. */
export function searchFilter(type: ObjectType, text: string): string | undefined {
  const wanted = text.trim();
  if (wanted === '') return undefined;
  const operator = type === 'User' ? 'sw' : 'co';
  return SEARCHED[type].map((path) => `${path} ${operator} ${JSON.stringify(wanted)}`).join(' or ');
}

export interface ResourcePage {
  readonly totalResults: number;
  readonly Resources: readonly Resource[];
}

/** What is asked of a user or group; a directory may lack any of it. */
export interface Resource {
  readonly id: string;
  readonly userName?: string;
  readonly displayName?: string;
  readonly active?: boolean;
}

interface MemberPage {
  readonly members: readonly {
    readonly id: string;
    readonly type: string;
    readonly label: string;
    readonly exists: boolean;
  }[];
  readonly next: string | null;
}

const ATTRIBUTES = 'userName,displayName,active';

/** A user or group as people choose it. */
export function candidateOf(type: ObjectType, { id, userName, displayName, active }: Resource): Candidate {
  const label = (type === 'User' ? (displayName ?? userName) : displayName) ?? id;
  const details = type === 'User' && userName !== undefined && userName !== label ? userName : '';
  return { type, id, label, details, isActive: active !== false };
}

export const resourceQuery = (server: string, type: ObjectType, id: string) =>
  apiQuery<Resource>(['identity-servers', server, 'resources', type, id]);

/** Whoever is found by a text. */
export function useCandidates(source: CandidateSource, text: string): Candidates {
  const isDirectory = source.kind === 'directory';
  const users = useObjects(source, 'User', text);
  const groups = useObjects(source, 'Group', text);
  const members = useQuery({
    ...apiQuery<MemberPage>(
      ['identity-servers', source.server, 'resources', 'Group', isDirectory ? '' : source.group, 'members'],
      { limit: PAGE, search: text.trim() },
    ),
    enabled: !isDirectory,
    placeholderData: keepPreviousData,
  });
  if (!isDirectory) {
    const found = members.data?.members.filter((member) => member.type === 'User' && member.exists);
    return {
      found: found?.map(({ id, label }) => ({ type: 'User', id, label, details: '', isActive: true })),
      hasMore: (members.data?.next ?? null) !== null,
      error: members.error,
    };
  }
  const asked = source.types.map((type) => ({ type, page: type === 'User' ? users : groups }));
  const isKnown = asked.every(({ page }) => page.data !== undefined);
  return {
    found: isKnown
      ? asked.flatMap(({ type, page }) => (page.data?.Resources ?? []).map((resource) => candidateOf(type, resource)))
      : undefined,
    hasMore: asked.some(({ page }) => (page.data?.totalResults ?? 0) > (page.data?.Resources.length ?? 0)),
    error: asked.find(({ page }) => page.error !== null)?.page.error,
  };
}

function useObjects(source: CandidateSource, type: ObjectType, text: string) {
  return useQuery({
    ...apiQuery<ResourcePage>(['identity-servers', source.server, 'resources', type], {
      filter: searchFilter(type, text),
      count: PAGE,
      attributes: ATTRIBUTES,
      sortBy: type === 'User' ? 'userName' : 'displayName',
    }),
    enabled: source.kind === 'directory' && source.types.includes(type),
    placeholderData: keepPreviousData,
  });
}
