import { Button } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback, useMemo } from 'react';
import { logCountQuery, logPath } from '../../api/log.ts';
import { addressOf } from '../../api/request.ts';
import { Page } from '../../components/page.tsx';
import { useText } from '../../language/use-text.ts';
import { ClearLogs } from './clear-logs.tsx';
import { EntryDrawer } from './entry-drawer.tsx';
import { LogFilters } from './log-filters.tsx';
import { filtersOf, type LogSearch, readLogSearch } from './log-search.ts';
import { LogTable } from './log-table.tsx';
import { requestLogRoute } from './routes.tsx';

/** The request log of an identity server: what came in over SCIM and what was answered, as it happens. */
export function RequestLog() {
  const { server } = requestLogRoute.useParams();
  const search = requestLogRoute.useSearch();
  const navigate = requestLogRoute.useNavigate();
  const text = useText().requestLog;
  const queryClient = useQueryClient();
  const { entry, method, status, path, search: wanted, since, until } = search;
  // The same while requests are opened and closed, so that the list stays as it is.
  const filtered = useMemo(
    () => readLogSearch({ method, status, path, search: wanted, since, until }),
    [method, status, path, wanted, since, until],
  );
  const filters = useMemo(() => filtersOf(filtered), [filtered]);
  const count = useQuery(logCountQuery(server)).data?.count;

  const open = useCallback(
    (n: number, replace = false) => void navigate({ search: { ...filtered, entry: n }, replace, resetScroll: false }),
    [navigate, filtered],
  );
  const close = () => void navigate({ search: filtered, resetScroll: false });
  const filter = useCallback(
    (next: LogSearch) => void navigate({ search: next, replace: true, resetScroll: false }),
    [navigate],
  );
  const clearFilters = useCallback(() => filter({}), [filter]);

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
              void queryClient.resetQueries({ queryKey: ['request-log', server] });
              void queryClient.invalidateQueries({ queryKey: ['identity-servers', server] });
            }}
          />
        </>
      }
    >
      <LogFilters value={filtered} onChange={filter} />
      <LogTable server={server} filters={filters} opened={entry} onOpen={open} onClearFilters={clearFilters} />
      {entry === undefined ? null : (
        <EntryDrawer server={server} n={entry} filters={filters} onOpen={open} onClose={close} />
      )}
    </Page>
  );
}
