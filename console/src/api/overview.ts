import type { OverviewView, RequestStatisticsView } from '@rollcall/server/contract';
import { apiQuery } from './queries.ts';

export type OverviewServer = OverviewView['identityServers'][number];
export type OverviewApplication = OverviewView['applications'][number];
export type RequestBucket = RequestStatisticsView['buckets'][number];

export const overviewQuery = () => apiQuery<OverviewView>(['overview']);
export const requestStatisticsQuery = (hours: number) =>
  apiQuery<RequestStatisticsView>(['statistics', 'requests'], { hours });
