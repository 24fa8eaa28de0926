import type { PlanView, PlanWithItemsView } from '@rollcall/server/contract';
import { infiniteQueryOptions } from '@tanstack/react-query';
import { apiQuery } from '../../../api/queries.ts';
import { get } from '../../../api/request.ts';

const PAGE = 500;
const WHILE_APPLYING = 2_000;

export const plansQuery = (slug: string) =>
  apiQuery<{ readonly plans: readonly PlanView[] }>(['applications', slug, 'plans']);

/** A plan without its items. While it is applied, it is asked for again and again. */
export const planQuery = (slug: string, id: string) => ({
  ...apiQuery<PlanWithItemsView>(['applications', slug, 'plans', id], { limit: 1 }),
  refetchInterval: ({ state }: { readonly state: { readonly data?: PlanView | undefined } }) =>
    state.data?.state === 'applying' ? WHILE_APPLYING : (false as const),
});

/** The items of a plan, page by page. A plan may be long: live events do not fetch all of it again, its next state does. */
export const planItemsQuery = (slug: string, { id, state }: PlanView) =>
  infiniteQueryOptions({
    queryKey: ['plan-items', id, state],
    queryFn: ({ pageParam, signal }) =>
      get<PlanWithItemsView>(`/applications/${slug}/plans/${id}`, { after: pageParam, limit: PAGE }, signal),
    initialPageParam: -1,
    getNextPageParam: ({ next }) => next ?? undefined,
  });
