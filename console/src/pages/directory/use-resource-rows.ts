import { useEffect } from 'react';
import { getResources, type Resource, type ResourceKind, type ResourcePage } from '../../api/directory.ts';
import { type Match, readByName } from '../../api/name-search.ts';
import { asProblem } from '../../api/problem.ts';
import { useWindowedList } from '../../api/windowed/use-windowed-list.ts';
import { type ListSearch, wholeFilter } from './list-search.ts';
import { useFreshness } from './use-freshness.ts';

const PAGE = 100;
interface Cursor {
  readonly match: Match;
  readonly at: string;
}

interface FoundPage extends ResourcePage {
  readonly match: Match;
}

const rowsOf = ({ Resources }: ResourcePage): readonly Resource[] => Resources;

/** Users or groups, a page at a time by cursor, with the attributes that are shown and no more. */
export function useResourceRows(slug: string, kind: ResourceKind, attributes: string, search: ListSearch) {
  const { list, table, restart } = useWindowedList<FoundPage, Resource, Cursor>({
    // Not below ['identity-servers', slug, 'resources']: an event would fetch every page again.
    queryKey: ['directory', slug, kind, search, attributes],
    // A filter of one's own is sent as it is, and once.
    first: { match: search.search === undefined ? 'beginning' : 'part', at: '' },
    read: ({ match: wanted, at }, signal) =>
      readByName(wanted, async (match) => {
        const wish = { filter: wholeFilter(kind, search, match), attributes, cursor: at, count: PAGE };
        return { ...(await getResources(slug, kind, wish, signal)), match };
      }),
    rowsOf,
    nextOf: ({ nextCursor, match }) => (nextCursor === undefined ? undefined : { match, at: nextCursor }),
  });
  // Cursors end after an hour: whoever scrolls on then begins anew.
  const isExpired = list.error !== null && asProblem(list.error).view?.scimType === 'expiredCursor';
  useEffect(() => {
    if (isExpired) restart();
  }, [isExpired, restart]);
  const freshness = useFreshness(slug, list.data?.pages.length ?? 0, list.refetch);
  const isByBeginning = search.search !== undefined && list.data?.pages[0]?.match === 'beginning';
  return { list, table, isByBeginning, total: list.data?.pages.at(-1)?.totalResults, ...freshness };
}
