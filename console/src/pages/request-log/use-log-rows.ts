import type { LogEntryView, LogView } from '@rollcall/server/contract';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect } from 'react';
import { type LogFilters, logPath } from '../../api/log.ts';
import { get } from '../../api/request.ts';
import { useWindowedList, type WindowedPages } from '../../api/windowed/use-windowed-list.ts';

const PAGE = 100;
/** More new requests than this at once are not put on top: the list begins anew. */
const TAIL = 200;
/** Where no event arrives (a proxy that holds streams back), the newest are asked for this often. */
const POLL_MS = 10_000;

interface Cursor {
  /** The newest requests when absent. */
  readonly before?: number;
  readonly top?: number;
}

interface LogPage {
  readonly entries: readonly LogEntryView[];
  /** Where the next page begins; a search may end a page early. */
  readonly next: number | null;
  /** The newest request when the list began, whether the filters let it through or not. */
  readonly top: number;
}

const FIRST: Cursor = {};
const NONE: readonly LogEntryView[] = [];
const rowsOf = ({ entries }: LogPage): readonly LogEntryView[] => entries;

/**
 * The request log, newest first, a page at a time, and what came in since. With `follow` new requests are put on top as
 * they come; without, `fresh` says how many there are and `showFresh` puts them there.
 */
export function useLogRows(slug: string, filters: LogFilters, follow: boolean) {
  const queryClient = useQueryClient();
  const { list, key, table, restart } = useWindowedList<LogPage, LogEntryView, Cursor>({
    // Not below ['identity-servers', slug, 'log']: an event would fetch every page again, and no old page changes.
    queryKey: ['request-log', slug, filters],
    first: FIRST,
    read: (cursor, signal) => readPage(slug, filters, cursor, signal),
    rowsOf,
    nextOf: ({ next, top }) => (next === null ? undefined : { before: next, top }),
    anchorOf: ({ top }) => ({ before: top + 1, top }),
    staleTime: Number.POSITIVE_INFINITY,
  });
  const newest = list.data?.pages[0]?.top ?? 0;
  const tail = useQuery({
    // Events make old what begins so.
    queryKey: ['identity-servers', slug, 'log', 'since', newest, filters],
    queryFn: ({ signal }) => readTail(slug, filters, newest, signal),
    enabled: list.isSuccess && filters.until === undefined,
    refetchInterval: POLL_MS,
    gcTime: POLL_MS,
  });
  const fresh = tail.data ?? NONE;

  const isAtBeginning = table.offset === 0;
  const showFresh = useCallback(() => {
    if (fresh.length >= TAIL || !isAtBeginning) return restart();
    queryClient.setQueryData<WindowedPages<LogPage, Cursor>>(key, (data) =>
      data === undefined ? data : withFresh(data.pages, fresh),
    );
  }, [queryClient, key, fresh, isAtBeginning, restart]);
  useEffect(() => {
    if (follow && fresh.length > 0) showFresh();
  }, [follow, fresh, showFresh]);

  return { list, table, fresh: fresh.length, isMore: fresh.length >= TAIL, showFresh };
}

const NO_HEADERS = {};

/** What a row shows: many are kept while people scroll, and headers are most of an entry without bodies. */
const lean = (entry: LogEntryView): LogEntryView => ({
  ...entry,
  requestHeaders: NO_HEADERS,
  responseHeaders: NO_HEADERS,
});

async function readPage(slug: string, filters: LogFilters, cursor: Cursor, signal: AbortSignal): Promise<LogPage> {
  // Read first: what comes in between is new, and is found by the tail.
  const top = cursor.top ?? (await readTop(slug, signal));
  const wish = { ...filters, bodies: false, limit: PAGE, before: cursor.before };
  const { entries, next } = await get<LogView>(logPath(slug), wish, signal);
  return { entries: entries.map(lean), next, top: Math.max(top, cursor.top === undefined ? (entries[0]?.n ?? 0) : 0) };
}

async function readTop(slug: string, signal: AbortSignal): Promise<number> {
  const { entries } = await get<LogView>(logPath(slug), { bodies: false, limit: 1 }, signal);
  return entries[0]?.n ?? 0;
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

/**
 * Puts `fresh` (oldest first, as the API gives what is newer) on top. Only a page is kept, and it is the beginning of a
 * new walk: all places further down have moved.
 */
function withFresh(pages: readonly LogPage[], fresh: readonly LogEntryView[]): WindowedPages<LogPage, Cursor> {
  const all = [...fresh.toReversed(), ...pages.flatMap(rowsOf)];
  const entries = all.slice(0, PAGE);
  const next = entries.length < all.length ? (entries.at(-1)?.n ?? null) : (pages.at(-1)?.next ?? null);
  return { pages: [{ entries, next, top: fresh.at(-1)?.n ?? 0 }], pageParams: [{ at: 0, cursor: FIRST }] };
}
