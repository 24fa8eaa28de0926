import { Button } from '@mantine/core';
import type { ProvisioningRecordView } from '@rollcall/server/contract';
import { useNavigate } from '@tanstack/react-router';
import { addressOf } from '../../../api/request.ts';
import { saysAnything } from '../../../app/search-reader.ts';
import { EmptyState } from '../../../components/empty-state.tsx';
import { Moment } from '../../../components/moment.tsx';
import { Page } from '../../../components/page.tsx';
import { ProblemNotice } from '../../../components/problem-notice.tsx';
import { StatusBadge } from '../../../components/status-badge.tsx';
import { type Column, VirtualTable } from '../../../components/virtual-table.tsx';
import { useText } from '../../../language/use-text.ts';
import { provisioningLogRoute } from '../routes.tsx';
import type { LogSearch } from '../search.ts';
import { withoutUrns } from '../value-text.ts';
import { LogEntry } from './log-entry.tsx';
import { LogFilters } from './log-filters.tsx';
import { TONES } from './tones.ts';
import { useLogRows } from './use-log-rows.ts';

/** What was done with every object, and why; newest first. */
export function ProvisioningLog() {
  const text = useText().results;
  const { application: slug } = provisioningLogRoute.useParams();
  const { entry, ...filters } = provisioningLogRoute.useSearch();
  const navigate = useNavigate();
  const path = `/applications/${slug}/log`;
  const { log, table, hasNewer, showNewer } = useLogRows(slug, filters);
  const search = (next: LogSearch) => void navigate({ to: '.', search: next, replace: true });
  const isFiltered = saysAnything(filters);
  return (
    <Page
      title={text.title}
      description={text.logDescription}
      actions={
        <>
          <Button
            component="a"
            variant="default"
            href={addressOf(path, { ...filters, format: 'csv' })}
            download={`${slug}-log.csv`}
          >
            {text.exportCsv}
          </Button>
          <Button
            component="a"
            variant="default"
            href={addressOf(path, { ...filters, format: 'jsonl' })}
            download={`${slug}-log.jsonl`}
          >
            {text.exportJsonl}
          </Button>
        </>
      }
    >
      <LogFilters value={filters} onChange={search} />
      <ProblemNotice error={log.error} retry={() => void log.refetch()} />
      {hasNewer ? (
        <Button variant="light" size="xs" w="fit-content" onClick={showNewer}>
          {text.showNewer}
        </Button>
      ) : null}
      <VirtualTable
        {...table}
        label={text.title}
        columns={useColumns()}
        keyOf={({ n }) => n ?? 0}
        opened={entry}
        onOpen={({ n }) => void navigate({ to: '.', search: { ...filters, ...(n === null ? {} : { entry: n }) } })}
        height="calc(100dvh - 340px)"
        empty={
          log.isError ? null : (
            <EmptyState
              title={isFiltered ? text.nothingFound : text.logEmpty}
              advice={isFiltered ? text.nothingFoundAdvice : text.logEmptyAdvice}
              action={
                isFiltered ? (
                  <Button variant="default" onClick={() => search({})}>
                    {text.clearFilters}
                  </Button>
                ) : undefined
              }
            />
          )
        }
      />
      <LogEntry slug={slug} n={entry} onClose={() => search(filters)} />
    </Page>
  );
}

function useColumns(): readonly Column<ProvisioningRecordView>[] {
  const all = useText();
  const text = all.results;
  return [
    { name: 'date', title: text.date, width: '178px', wide: true, cell: ({ date }) => <Moment date={date} exact /> },
    { name: 'object', title: text.object, width: 'minmax(130px, 1.4fr)', cell: ({ label }) => label },
    { name: 'type', title: all.general.type, width: '90px', wide: true, cell: ({ type }) => text.type[type] },
    { name: 'action', title: text.action, width: 'minmax(84px, 110px)', cell: ({ action }) => text.actions[action] },
    {
      name: 'status',
      title: text.status,
      width: '96px',
      cell: ({ status }) => <StatusBadge tone={TONES[status]}>{text.outcome[status]}</StatusBadge>,
    },
    {
      name: 'reason',
      title: text.reason,
      width: 'minmax(0, 2.4fr)',
      wide: true,
      cell: ({ error, reason }) =>
        error === null
          ? withoutUrns(all.fromServer.say(reason))
          : `${error.code}: ${all.fromServer.say(error.message)}`,
    },
  ];
}
