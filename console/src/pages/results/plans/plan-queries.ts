import type { PlanView, PlanWithItemsView } from '@rollcall/server/contract';
import { infiniteQueryOptions } from '@tanstack/react-query';
import { apiQuery } from '../../../api/queries.ts';
import { get } from '../../../api/request.ts';

const PAGE = 500;
const WHILE_APPLYING = 2_000;

export const plansQuery = (slug: string) =>
  apiQuery<{ readonly plans: readonly PlanView[] }>(['applications', slug, 'plans']);

/** A plan, page by page of its items. While it is applied, it is asked for again and again. */
export const planQuery = (slug: string, id: string) =>
  infiniteQueryOptions({
    queryKey: ['applications', slug, 'plans', id],
    queryFn: ({ pageParam, signal }) =>
      get<PlanWithItemsView>(`/applications/${slug}/plans/${id}`, { after: pageParam, limit: PAGE }, signal),
    initialPageParam: -1,
    getNextPageParam: ({ next }) => next ?? undefined,
    refetchInterval: ({ state }) => (state.data?.pages[0]?.state === 'applying' ? WHILE_APPLYING : false),
  });
