import { Button, Group } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { type UIEvent, useMemo, useRef, useState } from 'react';
import { logCountQuery, logPath } from '../../api/log.ts';
import { addressOf } from '../../api/request.ts';
import { EmptyState } from '../../components/empty-state.tsx';
import { Page } from '../../components/page.tsx';
import { ProblemNotice } from '../../components/problem-notice.tsx';
import { VirtualTable } from '../../components/virtual-table.tsx';
import { useText } from '../../language/use-text.ts';
import { ClearLogs } from './clear-logs.tsx';
import { EntryDrawer } from './entry-drawer.tsx';
import { logColumns } from './log-columns.tsx';
import { LogFilters } from './log-filters.tsx';
import { filtersOf, isFiltered, type LogSearch } from './log-search.ts';
import { requestLogRoute } from './routes.tsx';
import { useLogRows } from './use-log-rows.ts';

/** The request log of an identity server: what came in over SCIM and what was answered, as it happens. */
export function RequestLog() {
  const { server } = requestLogRoute.useParams();
  const search = requestLogRoute.useSearch();
  const navigate = requestLogRoute.useNavigate();
  const all = useText();
  const text = all.requestLog;
  const queryClient = useQueryClient();
  const [isPaused, setPaused] = useState(false);
  const [isAtTop, setAtTop] = useState(true);
  const scroller = useRef<HTMLElement>(null);
  const filters = useMemo(() => filtersOf(search), [search]);
  const { list, rows, fresh, isMore, showFresh, reload } = useLogRows(server, filters, isAtTop && !isPaused);
  const count = useQuery(logCountQuery(server)).data?.count;
  const columns = useMemo(() => logColumns(text), [text]);

  const go = (next: LogSearch, replace = false) => void navigate({ search: next, replace, resetScroll: false });
  const open = (entry: number, replace = false) => go({ ...search, entry }, replace);
  const close = () => {
    const { entry: _, ...others } = search;
    go(others);
  };
  const watchScroll = ({ target }: UIEvent<HTMLElement>) => {
    if (!(target instanceof HTMLElement) || target.role !== 'rowgroup') return;
    scroller.current = target;
    setAtTop(target.scrollTop < 40);
  };
  const toTop = () => {
    showFresh();
    scroller.current?.scrollTo({ top: 0 });
  };

  return (
    <Page
      title={text.title}
      description={count === undefined ? text.description : `${text.description} ${text.count(count)}`}
      actions={
        <>
          <Button
            variant="default"
            component="a"
            href={addressOf(`${logPath(server)}/export`, { ...filters })}
            download={`${server}-log.jsonl`}
          >
            {text.export}
          </Button>
          <ClearLogs
            server={server}
            onCleared={() => {
              reload();
              void queryClient.invalidateQueries({ queryKey: ['identity-servers', server] });
            }}
          />
        </>
      }
    >
      <LogFilters value={search} onChange={(next) => go(next, true)} />
      <Group gap="xs" mih={30}>
        <Button size="xs" variant="default" aria-pressed={isPaused} onClick={() => setPaused(!isPaused)}>
          {isPaused ? text.resume : text.pause}
        </Button>
        <span role="status">
          {fresh > 0 && (isPaused || !isAtTop) ? (
            <Button size="xs" variant="light" onClick={toTop}>
              {text.fresh(fresh, isMore)}
            </Button>
          ) : (
            <span style={{ fontSize: 'var(--mantine-font-size-xs)' }}>{isPaused ? text.paused : text.live}</span>
          )}
        </span>
      </Group>
      <ProblemNotice error={list.error} retry={() => void list.refetch()} />
      <div onScrollCapture={watchScroll}>
        <VirtualTable
          label={text.title}
          columns={columns}
          rows={rows}
          keyOf={({ n }) => n}
          onOpen={({ n }) => open(n)}
          opened={search.entry}
          onEnd={() => void list.fetchNextPage()}
          isFetching={list.isFetching}
          hasMore={list.hasNextPage && !list.isError}
          height="max(320px, calc(100dvh - 380px))"
          empty={
            list.isError ? null : isFiltered(filters) ? (
              <EmptyState
                title={text.noMatch}
                advice={text.noMatchAdvice}
                action={
                  <Button variant="default" onClick={() => go({})}>
                    {text.clearFilters}
                  </Button>
                }
              />
            ) : (
              <EmptyState title={text.empty} advice={text.emptyAdvice} />
            )
          }
        />
      </div>
      {search.entry === undefined ? null : (
        <EntryDrawer server={server} n={search.entry} filters={filters} onOpen={open} onClose={close} />
      )}
    </Page>
  );
}
