import type { LogEntryView, LogView } from '@rollcall/server/contract';
import { apiQuery } from './queries.ts';

/** The filters of the request log as its routes take them; what is absent does not filter. */
export interface LogFilters {
  readonly method?: string;
  readonly status?: string;
  readonly path?: string;
  readonly search?: string;
  readonly since?: string;
  readonly until?: string;
}

export const logPath = (slug: string): string => `/identity-servers/${encodeURIComponent(slug)}/log`;

export const logEntryQuery = (slug: string, n: number) => ({
  ...apiQuery<LogEntryView>(['identity-servers', slug, 'log', String(n)]),
  // An entry never changes.
  staleTime: Number.POSITIVE_INFINITY,
});

export const logCountQuery = (slug: string) =>
  apiQuery<{ readonly count: number }>(['identity-servers', slug, 'log', 'count']);

/** The requests right before and after one, among those that the filters let through. */
export const newerQuery = (slug: string, n: number, filters: LogFilters) =>
  apiQuery<LogView>(['identity-servers', slug, 'log'], { ...filters, bodies: false, limit: 1, after: n });
export const olderQuery = (slug: string, n: number, filters: LogFilters) =>
  apiQuery<LogView>(['identity-servers', slug, 'log'], { ...filters, bodies: false, limit: 1, before: n });
