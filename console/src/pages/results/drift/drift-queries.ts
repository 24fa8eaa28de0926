import type { DriftListView } from '@rollcall/server/contract';
import { infiniteQueryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { get, post, put } from '../../../api/request.ts';
import { notifyDone } from '../../../components/notify.ts';
import { useText } from '../../../language/use-text.ts';
import type { DriftSearch } from '../search.ts';

export type Rule = DriftListView['rules'][number]['rule'];
export const RULES = ['report', 'push', 'accept', 'ignore'] as const satisfies readonly Rule[];

const PAGE = 200;
const WHILE_COMPARING = 2_000;

/** What differs, page by page; asked for again while a comparison runs. */
export const driftQuery = (slug: string, search: DriftSearch) =>
  infiniteQueryOptions({
    queryKey: ['applications', slug, 'drift', search],
    queryFn: ({ pageParam, signal }) =>
      get<DriftListView>(`/applications/${slug}/drift`, { ...search, limit: PAGE, after: pageParam }, signal),
    initialPageParam: undefined as string | undefined, // the type of what follows
    getNextPageParam: ({ next }) => next ?? undefined,
    refetchInterval: ({ state }) => (state.data?.pages[0]?.pass.running === true ? WHILE_COMPARING : false),
  });

export interface Wish {
  readonly decision: Rule;
  readonly objects: readonly string[];
  /** All attributes of the objects when left out. */
  readonly attribute?: string;
}

/** What can be done about drift: decide about objects, set the rule of an attribute, compare now. */
export function useDriftActions(slug: string) {
  const text = useText().results;
  const queryClient = useQueryClient();
  const onSettled = () => queryClient.invalidateQueries({ queryKey: ['applications', slug] });
  const decide = useMutation({
    mutationFn: (wish: Wish) =>
      post<{ decided: number; failed: number; total: number }>(`/applications/${slug}/drift/decide`, wish),
    onSuccess: ({ decided, failed }, { decision }) =>
      notifyDone(failed === 0 ? text.driftDecided[decision](decided) : text.driftFailed(failed)),
    onSettled,
  });
  const rule = useMutation({
    mutationFn: (body: { path: string; rule: Rule }) => put<DriftListView>(`/applications/${slug}/drift/rules`, body),
    onSuccess: (_list, { path, rule: chosen }) => notifyDone(text.ruleSet(path, text.rule[chosen])),
    onSettled,
  });
  const compare = useMutation({
    mutationFn: () => post<DriftListView>(`/applications/${slug}/drift/check`),
    onSuccess: ({ pass }) => notifyDone(pass.running ? text.compareGoesOn : text.compared(pass.looked)),
    onSettled,
  });
  return { decide, rule, compare };
}
