import type { MemberListView } from '@rollcall/server/contract';
import { getResources, type Resource, type ResourceKind, resourcePath } from '../../../api/directory.ts';
import { asProblem } from '../../../api/problem.ts';
import { get } from '../../../api/request.ts';

/** Somebody or a group of the directory that can be chosen. */
export interface Candidate {
  readonly type: ResourceKind;
  readonly id: string;
  readonly label: string;
  /** What tells two of the same name apart. */
  readonly details: string;
  readonly isActive: boolean;
}

/** Where candidates come from: a directory, or the members of one of its groups. */
export type CandidateSource =
  | { readonly kind: 'directory'; readonly server: string; readonly types: readonly ResourceKind[] }
  | { readonly kind: 'members'; readonly server: string; readonly group: string };

/** How names are searched: by any part of them, or by their beginnings, which an index finds. */
export type Match = 'co' | 'sw';

/** Where the next page begins: a cursor for each type of which there is more. */
export interface CandidateCursor {
  readonly match: Match;
  readonly at: Readonly<Partial<Record<ResourceKind, string>>>;
}

export interface CandidatePage {
  readonly candidates: readonly Candidate[];
  readonly match: Match;
  readonly next: CandidateCursor | undefined;
}

const PAGE = 50;
const ATTRIBUTES = 'userName,displayName,active';
const SORTED: Readonly<Record<ResourceKind, string>> = { User: 'userName', Group: 'displayName' };
const SEARCHED: Readonly<Record<ResourceKind, readonly string[]>> = {
  User: ['userName', 'displayName', 'name.givenName', 'name.familyName', 'emails.value'],
  Group: ['displayName'],
};

/** The SCIM filter that finds a text in names and addresses; undefined for all. */
export function searchFilter(type: ResourceKind, text: string, match: Match): string | undefined {
  const wanted = text.trim();
  if (wanted === '') return undefined;
  return SEARCHED[type].map((path) => `${path} ${match} ${JSON.stringify(wanted)}`).join(' or ');
}

/** A user or group as people choose it; a directory may lack any of its names. */
export function candidateOf(type: ResourceKind, { id, userName, displayName, active }: Resource): Candidate {
  const names = (type === 'User' ? [displayName, userName] : [displayName]).filter((name) => typeof name === 'string');
  const [label = id, details = ''] = names;
  return { type, id, label, details: details === label ? '' : details, isActive: active !== false };
}

/** Where the list of a source begins. */
export const firstCursor = (source: CandidateSource): CandidateCursor => ({
  match: 'co',
  at: Object.fromEntries((source.kind === 'directory' ? source.types : ['User']).map((type) => [type, ''])),
});

/**
 * A page of whoever is found by a text. A directory that is too large to be searched for any part in its time is
 * searched by beginnings. Errors: ApiProblem.
 */
export async function readCandidates(
  source: CandidateSource,
  text: string,
  cursor: CandidateCursor,
  signal: AbortSignal,
): Promise<CandidatePage> {
  if (source.kind === 'members') return readMembers(source, text, cursor, signal);
  try {
    return await readDirectory(source.server, text, cursor, signal);
  } catch (error) {
    if (cursor.match === 'sw' || asProblem(error).view?.scimType !== 'tooMany') throw error;
    return readDirectory(source.server, text, { ...cursor, match: 'sw' }, signal);
  }
}

async function readDirectory(
  server: string,
  text: string,
  { match, at }: CandidateCursor,
  signal: AbortSignal,
): Promise<CandidatePage> {
  const asked = KINDS.flatMap((type) => (at[type] === undefined ? [] : [{ type, cursor: at[type] }]));
  const found = await Promise.all(
    asked.map(async ({ type, cursor }) => {
      const filter = searchFilter(type, text, match);
      const wish = { filter, attributes: ATTRIBUTES, cursor, count: PAGE, sortBy: SORTED[type] };
      return { type, page: await getResources(server, type, wish, signal) };
    }),
  );
  const more = found.flatMap(({ type, page }) => (page.nextCursor === undefined ? [] : [[type, page.nextCursor]]));
  return {
    candidates: found.flatMap(({ type, page }) => page.Resources.map((resource) => candidateOf(type, resource))),
    match,
    next: more.length === 0 ? undefined : { match, at: Object.fromEntries(more) },
  };
}

async function readMembers(
  { server, group }: Extract<CandidateSource, { kind: 'members' }>,
  text: string,
  { match, at }: CandidateCursor,
  signal: AbortSignal,
): Promise<CandidatePage> {
  const wish = { limit: PAGE, search: text.trim(), after: at.User };
  const page = await get<MemberListView>(`${resourcePath(server, 'Group', group)}/members`, wish, signal);
  return {
    candidates: page.members
      .filter((member) => member.type === 'User' && member.exists)
      .map(({ id, label }) => ({ type: 'User', id, label, details: '', isActive: true })),
    match,
    next: page.next === null ? undefined : { match, at: { User: page.next } },
  };
}

const KINDS: readonly ResourceKind[] = ['User', 'Group'];
