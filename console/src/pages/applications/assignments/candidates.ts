import type { MemberListView } from '@rollcall/server/contract';
import { getResources, type Resource, type ResourceKind, resourcePath } from '../../../api/directory.ts';
import { type Match, nameFilter, readByName } from '../../../api/name-search.ts';
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

/** A user or group as people choose it; a directory may lack any of its names. */
export function candidateOf(type: ResourceKind, { id, userName, displayName, active }: Resource): Candidate {
  const names = (type === 'User' ? [displayName, userName] : [displayName]).filter((name) => typeof name === 'string');
  const [label = id, details = ''] = names;
  return { type, id, label, details: details === label ? '' : details, isActive: active !== false };
}

/** Where the list of a source begins. */
export const firstCursor = (source: CandidateSource): CandidateCursor => ({
  match: 'part',
  at: Object.fromEntries((source.kind === 'directory' ? source.types : ['User']).map((type) => [type, ''])),
});

/** A page of whoever is found by a text. Errors: ApiProblem. */
export async function readCandidates(
  source: CandidateSource,
  text: string,
  cursor: CandidateCursor,
  signal: AbortSignal,
): Promise<CandidatePage> {
  if (source.kind === 'members') return readMembers(source, text, cursor, signal);
  return readByName(cursor.match, (match) => readDirectory(source.server, text.trim(), { ...cursor, match }, signal));
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
      const filter = text === '' ? undefined : nameFilter(type, text, match);
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
