import type { ProvisioningRecordView } from '@rollcall/server/contract';
import { useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { apiQuery } from '../../../api/queries.ts';
import { get } from '../../../api/request.ts';
import type { LogSearch } from '../search.ts';

interface Entries {
  readonly entries: readonly ProvisioningRecordView[];
}

const PAGE = 100;

/**
 * The log, newest first, page by page. Live events only ask for the newest entry: the first page follows by itself, and
 * whoever has scrolled further is told that there is more, so that neither rows jump nor all pages are fetched again.
 */
export function useLogRows(slug: string, filters: Omit<LogSearch, 'entry'>) {
  const queryClient = useQueryClient();
  const queryKey = ['provisioning-log', slug, filters];
  const log = useInfiniteQuery({
    queryKey,
    queryFn: ({ pageParam, signal }) =>
      get<Entries>(`/applications/${slug}/log`, { ...filters, limit: PAGE, before: pageParam }, signal),
    initialPageParam: undefined as number | undefined, // the type of what follows
    getNextPageParam: ({ entries }) => (entries.length < PAGE ? undefined : (entries.at(-1)?.n ?? undefined)),
  });
  const newest = useQuery(apiQuery<Entries>(['applications', slug, 'log'], { ...filters, limit: 1 }));
  const rows = log.data?.pages.flatMap(({ entries }) => entries) ?? [];
  const newestN = newest.data?.entries[0]?.n ?? -1;
  const isBehind = log.data !== undefined && newestN > (rows[0]?.n ?? -1);
  const isFirstPage = log.data?.pages.length === 1;
  const { isFetching, isError, refetch } = log;
  useEffect(() => {
    if (isBehind && isFirstPage && !isFetching && !isError) void refetch();
  }, [isBehind, isFirstPage, isFetching, isError, refetch]);
  return {
    log,
    rows,
    hasNewer: isBehind && !isFirstPage,
    showNewer: () => void queryClient.resetQueries({ queryKey, exact: true }),
  };
}
