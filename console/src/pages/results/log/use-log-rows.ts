import type { ProvisioningRecordView } from '@rollcall/server/contract';
import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { apiQuery } from '../../../api/queries.ts';
import { get } from '../../../api/request.ts';
import { useWindowedList } from '../../../api/windowed/use-windowed-list.ts';
import type { LogSearch } from '../search.ts';

interface Entries {
  readonly entries: readonly ProvisioningRecordView[];
}

interface LogPage extends Entries {
  /** The newest entry when the list began. */
  readonly top: number;
}

interface Cursor {
  readonly before?: number | undefined;
  readonly top?: number;
}

const PAGE = 100;
const FIRST: Cursor = {};
const rowsOf = ({ entries }: Entries): readonly ProvisioningRecordView[] => entries;
const newestOf = ({ entries }: Entries): number => entries[0]?.n ?? -1;

/**
 * The log, newest first, page by page. Live events only ask for the newest entry: the first page follows by itself, and
 * whoever has scrolled further is told that there is more, so that neither rows jump nor all pages are fetched again.
 */
export function useLogRows(slug: string, filters: Omit<LogSearch, 'entry'>) {
  const {
    list: log,
    table,
    restart,
  } = useWindowedList<LogPage, ProvisioningRecordView, Cursor>({
    queryKey: ['provisioning-log', slug, filters],
    first: FIRST,
    read: async ({ before, top }, signal) => {
      const page = await get<Entries>(`/applications/${slug}/log`, { ...filters, limit: PAGE, before }, signal);
      return { ...page, top: top ?? newestOf(page) };
    },
    rowsOf,
    nextOf: ({ entries, top }) => {
      const before = entries.length < PAGE ? null : entries.at(-1)?.n;
      return before === null || before === undefined ? undefined : { before, top };
    },
    anchorOf: (page) => ({ before: newestOf(page) + 1, top: page.top }),
  });
  const newest = useQuery(apiQuery<Entries>(['applications', slug, 'log'], { ...filters, limit: 1 }));
  const first = log.data?.pages[0];
  const isBehind = first !== undefined && newest.data !== undefined && newestOf(newest.data) > first.top;
  const isFirstPage = table.offset === 0 && log.data?.pages.length === 1;
  const { isFetching, isError, refetch } = log;
  useEffect(() => {
    if (isBehind && isFirstPage && !isFetching && !isError) void refetch();
  }, [isBehind, isFirstPage, isFetching, isError, refetch]);
  return { log, table, hasNewer: isBehind && !isFirstPage, showNewer: restart };
}
