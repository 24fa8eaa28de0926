import { useEffect } from 'react';
import { getResources, type Resource, type ResourceKind, type ResourcePage } from '../../api/directory.ts';
import { asProblem } from '../../api/problem.ts';
import { useWindowedList } from '../../api/windowed/use-windowed-list.ts';
import { useFreshness } from './use-freshness.ts';

const PAGE = 100;
const rowsOf = ({ Resources }: ResourcePage): readonly Resource[] => Resources;

/** Users or groups, a page at a time by cursor, with the attributes that are shown and no more. */
export function useResourceRows(slug: string, kind: ResourceKind, attributes: string, filter: string | undefined) {
  const { list, table, restart } = useWindowedList({
    // Not below ['identity-servers', slug, 'resources']: an event would fetch every page again.
    queryKey: ['directory', slug, kind, filter, attributes],
    first: '',
    read: (cursor, signal) => getResources(slug, kind, { filter, attributes, cursor, count: PAGE }, signal),
    rowsOf,
    nextOf: ({ nextCursor }) => nextCursor,
  });
  // Cursors end after an hour: whoever scrolls on then begins anew.
  const isExpired = list.error !== null && asProblem(list.error).view?.scimType === 'expiredCursor';
  useEffect(() => {
    if (isExpired) restart();
  }, [isExpired, restart]);
  const freshness = useFreshness(slug, list.data?.pages.length ?? 0, list.refetch);
  return { list, table, total: list.data?.pages.at(-1)?.totalResults, ...freshness };
}
