import type {
  HistoryView,
  LogEntryView,
  MemberListView,
  ResourceLinkListView,
  SchemaListView,
} from '@rollcall/server/contract';
import { apiQuery } from './queries.ts';
import { get } from './request.ts';

export const ENTERPRISE = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';
export const USER = 'urn:ietf:params:scim:schemas:core:2.0:User';
export const GROUP = 'urn:ietf:params:scim:schemas:core:2.0:Group';
export const PATCH = 'urn:ietf:params:scim:api:messages:2.0:PatchOp';

/** A SCIM resource as it is; what else it holds is for its schemas to say. */
export interface Resource {
  readonly id: string;
  readonly [name: string]: unknown;
}

export interface ResourcePage {
  readonly totalResults: number;
  readonly nextCursor?: string;
  readonly Resources: readonly Resource[];
}

export type ResourceKind = 'User' | 'Group';

/** What completion needs to know of an attribute. */
export type SchemaAttribute = Pick<
  SchemaListView['resourceTypes'][number]['attributes'][number],
  'path' | 'type' | 'canonicalValues' | 'description'
>;

export type Member = MemberListView['members'][number];
export type HistoryChange = HistoryView['changes'][number];
export type LinkView = ResourceLinkListView['links'][number];

const partsOf = (slug: string, kind: ResourceKind, id: string) => ['identity-servers', slug, 'resources', kind, id];

/** The path of resources of a kind, or of one of them. */
export const resourcePath = (slug: string, kind: ResourceKind, id?: string): string =>
  `/identity-servers/${encodeURIComponent(slug)}/resources/${kind}${id === undefined ? '' : `/${encodeURIComponent(id)}`}`;

/** One resource; a group without its members, which may be very many. */
export const resourceQuery = (slug: string, kind: ResourceKind, id: string) =>
  apiQuery<Resource>(partsOf(slug, kind, id), kind === 'Group' ? { excludedAttributes: 'members' } : {});
export const requestsQuery = (slug: string, kind: ResourceKind, id: string) =>
  apiQuery<{ readonly entries: readonly LogEntryView[] }>([...partsOf(slug, kind, id), 'requests'], { limit: 50 });
export const linksQuery = (slug: string, kind: ResourceKind, id: string) =>
  apiQuery<ResourceLinkListView>([...partsOf(slug, kind, id), 'links']);
export const schemasQuery = (slug: string) => ({
  ...apiQuery<SchemaListView>(['identity-servers', slug, 'schemas']),
  staleTime: 60_000,
});

export interface PageWish {
  readonly filter?: string | undefined;
  readonly attributes: string;
  /** Empty for the first page (RFC 9865 §2). */
  readonly cursor: string;
  readonly count: number;
  readonly sortBy?: string;
}

/** A page of resources by cursor. Errors: ApiProblem `scim-error`, whose detail names the position in the filter. */
export function getResources(slug: string, kind: ResourceKind, wish: PageWish, signal?: AbortSignal) {
  const { filter, attributes, cursor, count, sortBy } = wish;
  // The first cursor is sent though it is empty: without one the answer is paged by index.
  const query = new URLSearchParams({ cursor, count: String(count), attributes });
  if (sortBy !== undefined) query.set('sortBy', sortBy);
  if (filter !== undefined && filter !== '') query.set('filter', filter);
  return get<ResourcePage>(`${resourcePath(slug, kind)}?${query}`, {}, signal);
}
