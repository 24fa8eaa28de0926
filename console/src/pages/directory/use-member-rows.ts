import type { MemberListView } from '@rollcall/server/contract';
import { type Member, resourcePath } from '../../api/directory.ts';
import { get } from '../../api/request.ts';
import { useWindowedList } from '../../api/windowed/use-windowed-list.ts';
import { useFreshness } from './use-freshness.ts';

const PAGE = 100;
const rowsOf = ({ members }: MemberListView): readonly Member[] => members;

/** The members of a group, a page at a time. */
export function useMemberRows(server: string, id: string, search: string) {
  const path = `${resourcePath(server, 'Group', id)}/members`;
  const { list, table } = useWindowedList({
    queryKey: ['directory', server, 'members', id, search],
    first: '',
    read: (after, signal) => get<MemberListView>(path, { after, limit: PAGE, search }, signal),
    rowsOf,
    nextOf: ({ next }) => next,
  });
  const freshness = useFreshness(server, list.data?.pages.length ?? 0, list.refetch);
  return { list, table, total: list.data?.pages[0]?.total, ...freshness };
}
