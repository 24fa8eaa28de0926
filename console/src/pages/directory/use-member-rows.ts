import type { MemberListView } from '@rollcall/server/contract';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { type Member, resourcePath } from '../../api/directory.ts';
import { get } from '../../api/request.ts';
import { useFreshness } from './use-freshness.ts';

const PAGE = 100;
const NONE: readonly Member[] = [];

/** The members of a group, a page at a time. */
export function useMemberRows(server: string, id: string, search: string) {
  const path = `${resourcePath(server, 'Group', id)}/members`;
  const list = useInfiniteQuery({
    queryKey: ['directory', server, 'members', id, search],
    initialPageParam: '',
    queryFn: ({ pageParam, signal }) => get<MemberListView>(path, { after: pageParam, limit: PAGE, search }, signal),
    getNextPageParam: ({ next }: MemberListView) => next,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
  });
  const rows = useMemo(() => list.data?.pages.flatMap(({ members }) => members) ?? NONE, [list.data]);
  const freshness = useFreshness(server, list.data?.pages.length ?? 0, list.refetch);
  return { list, rows, total: list.data?.pages[0]?.total, ...freshness };
}
