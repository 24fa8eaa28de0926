import type { LogEntryView, LogView } from '@rollcall/server/contract';
import { type InfiniteData, useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useMemo } from 'react';
import { type LogFilters, logPath } from '../../api/log.ts';
import { get } from '../../api/request.ts';

const PAGE = 100;
/** More new requests than this at once are not put on top: the list begins anew. */
const TAIL = 200;
/** Pages that are kept while new requests come in on top. */
const KEPT_PAGES = 20;
/** Where no event arrives (a proxy that holds streams back), the newest are asked for this often. */
const POLL_MS = 10_000;

interface LogPage {
  readonly entries: readonly LogEntryView[];
  /** Where the next page begins; a search may end a page early. */
  readonly next: number | null;
  /** The newest request when the page was read, whether the filters let it through or not. */
  readonly top: number;
}

type Rows = InfiniteData<LogPage, number>;
const NONE: readonly LogEntryView[] = [];

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
    queryFn: ({ pageParam, signal }) => readPage(slug, filters, pageParam, signal),
    getNextPageParam: ({ next }: LogPage) => next,
    staleTime: Number.POSITIVE_INFINITY,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
  });
  const rows = useMemo(() => list.data?.pages.flatMap(({ entries }) => entries) ?? NONE, [list.data]);
  const newest = Math.max(rows[0]?.n ?? 0, list.data?.pages[0]?.top ?? 0);
  const tail = useQuery({
    // Events make old what begins so.
    queryKey: ['identity-servers', slug, 'log', 'since', newest, filters],
    queryFn: ({ signal }) => readTail(slug, filters, newest, signal),
    enabled: list.isSuccess && filters.until === undefined,
    refetchInterval: POLL_MS,
    gcTime: POLL_MS,
  });
  const fresh = tail.data ?? NONE;

  const showFresh = useCallback(() => {
    if (fresh.length >= TAIL) return void queryClient.resetQueries({ queryKey });
    queryClient.setQueryData<Rows>(queryKey, (data) => (data === undefined ? data : withFresh(data, fresh)));
  }, [queryClient, queryKey, fresh]);
  useEffect(() => {
    if (follow && fresh.length > 0) showFresh();
  }, [follow, fresh, showFresh]);

  return { list, rows, fresh: fresh.length, isMore: fresh.length >= TAIL, showFresh };
}

const NO_HEADERS = {};

/** What a row shows: thousands are kept while people scroll, and headers are most of an entry without bodies. */
const lean = (entry: LogEntryView): LogEntryView => ({
  ...entry,
  requestHeaders: NO_HEADERS,
  responseHeaders: NO_HEADERS,
});

/** A page, newest first; `before` 0 is the first. */
async function readPage(slug: string, filters: LogFilters, before: number, signal: AbortSignal): Promise<LogPage> {
  // Read first: what comes in between is new, and is found by the tail.
  const newest = before === 0 ? await get<LogView>(logPath(slug), { bodies: false, limit: 1 }, signal) : undefined;
  const wish = { ...filters, bodies: false, limit: PAGE, before: before === 0 ? undefined : before };
  const { entries, next } = await get<LogView>(logPath(slug), wish, signal);
  return { entries: entries.map(lean), next, top: newest?.entries[0]?.n ?? 0 };
}

/** What came in after an entry, oldest first, at most some more than TAIL. */
async function readTail(slug: string, filters: LogFilters, newest: number, signal: AbortSignal) {
  const entries: LogEntryView[] = [];
  let after: number | null = newest;
  while (after !== null && entries.length < TAIL) {
    const page: LogView = await get<LogView>(logPath(slug), { ...filters, bodies: false, limit: TAIL, after }, signal);
    entries.push(...page.entries.map(lean));
    after = page.next;
  }
  return entries;
}

/** Puts `fresh` (oldest first, as the API gives what is newer) on top. */
function withFresh({ pages, pageParams }: Rows, fresh: readonly LogEntryView[]): Rows {
  const [first = { entries: [], next: null, top: 0 }, ...others] = pages;
  const entries = [...fresh.toReversed(), ...first.entries];
  return {
    pages: [{ ...first, entries }, ...others].slice(0, KEPT_PAGES),
    pageParams: pageParams.slice(0, KEPT_PAGES),
  };
}
