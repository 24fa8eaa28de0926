import { useInfiniteQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { getResources, type Resource, type ResourceKind, type ResourcePage } from '../../api/directory.ts';
import { useFreshness } from './use-freshness.ts';

const PAGE = 100;
const NONE: readonly Resource[] = [];

/** Users or groups, a page at a time by cursor, with the attributes that are shown and no more. */
export function useResourceRows(slug: string, kind: ResourceKind, attributes: string, filter: string | undefined) {
  const list = useInfiniteQuery({
    // Not below ['identity-servers', slug, 'resources']: an event would fetch every page again.
    queryKey: ['directory', slug, kind, filter, attributes],
    initialPageParam: '',
    queryFn: ({ pageParam, signal }) =>
      getResources(slug, kind, { filter, attributes, cursor: pageParam, count: PAGE }, signal),
    getNextPageParam: ({ nextCursor }: ResourcePage) => nextCursor,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
  });
  const rows = useMemo(() => list.data?.pages.flatMap(({ Resources }) => Resources) ?? NONE, [list.data]);
  const freshness = useFreshness(slug, list.data?.pages.length ?? 0, list.refetch);
  return { list, rows, total: list.data?.pages.at(-1)?.totalResults, ...freshness };
}
