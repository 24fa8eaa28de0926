import { type InfiniteData, useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useMemo } from 'react';
import { type LogFilters, type LogPage, type LogRow, logPath } from '../../api/log.ts';
import { apiQuery } from '../../api/queries.ts';
import { get } from '../../api/request.ts';

const PAGE = 100;
/** More new requests than this at once are not put on top: the list begins anew. */
const TAIL = 200;
/** Pages that are kept while new requests come in on top. */
const KEPT_PAGES = 20;
/** Where no event arrives (a proxy that holds streams back), the newest are asked for this often. */
const POLL_MS = 10_000;

/** The oldest page's last number is where the next one begins; 0 stands for the newest. */
type Rows = InfiniteData<LogPage, number>;

/**
 * The request log, newest first, a page at a time, and what came in since. With `follow` new requests are put on top as
 * they come; without, `fresh` says how many there are and `showFresh` puts them there.
 */
export function useLogRows(slug: string, filters: LogFilters, follow: boolean) {
  const queryClient = useQueryClient();
  // Not below ['identity-servers', slug, 'log']: an event would fetch every page again, and no old page changes.
  const queryKey = useMemo(() => ['request-log', slug, filters] as const, [slug, filters]);
  const list = useInfiniteQuery({
    queryKey,
    initialPageParam: 0,
    queryFn: ({ pageParam, signal }) => {
      const before = pageParam === 0 ? undefined : pageParam;
      return get<LogPage>(logPath(slug), { ...filters, bodies: false, limit: PAGE, before }, signal);
    },
    getNextPageParam: ({ entries }: LogPage) => (entries.length < PAGE ? undefined : entries.at(-1)?.n),
    staleTime: Number.POSITIVE_INFINITY,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
  });
  const rows = useMemo(() => list.data?.pages.flatMap(({ entries }) => entries) ?? NONE, [list.data]);
  const newest = rows[0]?.n ?? 0;
  const parameters = { ...filters, bodies: false, limit: TAIL, after: newest };
  const tail = useQuery({
    ...apiQuery<LogPage>(['identity-servers', slug, 'log'], parameters),
    enabled: list.isSuccess && filters.until === undefined,
    refetchInterval: POLL_MS,
    gcTime: POLL_MS,
  });
  const fresh = tail.data?.entries ?? NONE;

  const showFresh = useMemo(
    () => () => {
      if (fresh.length >= TAIL) return void queryClient.resetQueries({ queryKey });
      queryClient.setQueryData<Rows>(queryKey, (data) => (data === undefined ? data : withFresh(data, fresh)));
    },
    [queryClient, queryKey, fresh],
  );
  useEffect(() => {
    if (follow && fresh.length > 0) showFresh();
  }, [follow, fresh, showFresh]);

  return {
    list,
    rows,
    fresh: fresh.length,
    isMore: fresh.length >= TAIL,
    showFresh,
  };
}

const NONE: readonly LogRow[] = [];

/** Puts `fresh` (oldest first, as the API gives what is newer) on top. */
function withFresh({ pages, pageParams }: Rows, fresh: readonly LogRow[]): Rows {
  const [first = { entries: [] }, ...others] = pages;
  const entries = [...fresh.toReversed(), ...first.entries];
  return { pages: [{ entries }, ...others].slice(0, KEPT_PAGES), pageParams: pageParams.slice(0, KEPT_PAGES) };
}
