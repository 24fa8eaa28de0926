import type { DefinitionListView, IdentityServerView, TokenView } from '@rollcall/server/contract';
import { apiQuery } from './queries.ts';

/** What an identity server holds and was asked. */
export interface IdentityServerStatistics {
  readonly users: number;
  readonly groups: number;
  readonly others: number;
  readonly requests24h: number;
  readonly errors24h: number;
  readonly lastRequestAt: string | null;
  readonly logEntries: number;
}

/** Of the overview: the identity servers with their counts. */
export interface OverviewIdentityServer {
  readonly slug: string;
  readonly name: string;
  readonly active: boolean;
  readonly default: boolean;
  readonly security: IdentityServerView['security'];
  readonly users: number;
  readonly groups: number;
  readonly requests24h: number;
  readonly errors24h: number;
  readonly lastRequestAt: string | null;
}

const of = (slug: string, ...parts: readonly string[]) => ['identity-servers', slug, ...parts];

export const overviewQuery = () => apiQuery<{ identityServers: OverviewIdentityServer[] }>(['overview']);
export const tokensQuery = (slug: string) => apiQuery<{ tokens: TokenView[] }>(of(slug, 'tokens'));
export const definitionsQuery = (slug: string) => apiQuery<DefinitionListView>(of(slug, 'definitions'));
export const statisticsQuery = (slug: string) => apiQuery<IdentityServerStatistics>(of(slug, 'statistics'));
export const logCountQuery = (slug: string) => apiQuery<{ count: number }>(of(slug, 'log', 'count'));
