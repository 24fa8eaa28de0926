import type { ApplicationView, IdentityServerView } from '@rollcall/server/contract';
import { queryOptions } from '@tanstack/react-query';
import { get, type Parameters } from './request.ts';

// Keys begin with what they are about, so that a live event or a change can refresh everything of one subject:
// ['identity-servers', slug, …], ['applications', slug, …].

/** A query of the admin API whose key is the path's parts and the parameters. */
export const apiQuery = <T>(parts: readonly string[], query: Parameters = {}) =>
  queryOptions({
    queryKey: [...parts, query] as const,
    queryFn: ({ signal }) => get<T>(`/${parts.map(encodeURIComponent).join('/')}`, query, signal),
  });

export const identityServersQuery = () => apiQuery<{ identityServers: IdentityServerView[] }>(['identity-servers']);
export const identityServerQuery = (slug: string) => apiQuery<IdentityServerView>(['identity-servers', slug]);
export const applicationsQuery = () => apiQuery<{ applications: ApplicationView[] }>(['applications']);
export const applicationQuery = (slug: string) => apiQuery<ApplicationView>(['applications', slug]);
