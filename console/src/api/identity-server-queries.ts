import type { DefinitionListView, IdentityServerStatistics, OverviewView, TokenView } from '@rollcall/server/contract';
import { apiQuery } from './queries.ts';

const of = (slug: string, ...parts: readonly string[]) => ['identity-servers', slug, ...parts];

export const overviewQuery = () => apiQuery<OverviewView>(['overview']);
export const tokensQuery = (slug: string) => apiQuery<{ tokens: TokenView[] }>(of(slug, 'tokens'));
export const definitionsQuery = (slug: string) => apiQuery<DefinitionListView>(of(slug, 'definitions'));
export const statisticsQuery = (slug: string) => apiQuery<IdentityServerStatistics>(of(slug, 'statistics'));
export const logCountQuery = (slug: string) => apiQuery<{ count: number }>(of(slug, 'log', 'count'));
