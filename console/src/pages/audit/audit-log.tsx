import { TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import type { AuditEntryView } from '@rollcall/server/contract';
import { useState } from 'react';
import { get } from '../../api/request.ts';
import { useWindowedList } from '../../api/windowed/use-windowed-list.ts';
import { EmptyState } from '../../components/empty-state.tsx';
import { Moment } from '../../components/moment.tsx';
import { Page } from '../../components/page.tsx';
import { ProblemNotice } from '../../components/problem-notice.tsx';
import { type Column, VirtualTable } from '../../components/virtual-table.tsx';
import { useText } from '../../language/use-text.ts';
import { AuditEntry } from './audit-entry.tsx';
import { auditRoute } from './routes.tsx';
import { subjectName } from './subject-name.ts';

const PAGE = 100;
const TYPING = 300;

interface Entries {
  readonly entries: readonly AuditEntryView[];
}

const rowsOf = ({ entries }: Entries): readonly AuditEntryView[] => entries;

/** Who changed which setting, newest first. */
export function AuditLog() {
  const text = useText().settings.audit;
  const { subject = '', entry } = auditRoute.useSearch();
  const navigate = auditRoute.useNavigate();
  const [typed, setTyped] = useState(subject);
  const filter = useDebouncedCallback((wanted: string) => {
    void navigate({ search: wanted === '' ? {} : { subject: wanted }, replace: true });
  }, TYPING);
  const open = (n: number | undefined) => {
    const search = { ...(subject === '' ? {} : { subject }), ...(n === undefined ? {} : { entry: n }) };
    void navigate({ search, resetScroll: false });
  };
  const { list: log, table } = useWindowedList({
    queryKey: ['audit', { subject }],
    first: undefined as number | undefined, // The newest first.
    read: (before, signal) => get<Entries>('/audit', { subject, before, limit: PAGE }, signal),
    rowsOf,
    nextOf: ({ entries }) => (entries.length < PAGE ? undefined : entries.at(-1)?.n),
    anchorOf: ({ entries }) => entries[0] && entries[0].n + 1,
  });
  const columns: readonly Column<AuditEntryView>[] = [
    { name: 'date', title: text.date, width: '11rem', cell: ({ date }) => <Moment date={date} exact /> },
    { name: 'who', title: text.who, width: 'minmax(6rem, 1.4fr)', wide: true, cell: ({ who }) => text.whoIs(who) },
    {
      name: 'action',
      title: text.action,
      width: 'minmax(8rem, 2fr)',

      cell: ({ action }) => text.did(action),
    },
    { name: 'subject', title: text.subject, width: 'minmax(8rem, 2fr)', wide: true, cell: subjectName },
    { name: 'from', title: text.from, width: '10rem', wide: true, cell: ({ from }) => from ?? text.local },
  ];
  return (
    <Page title={text.title} description={text.description}>
      <TextInput
        label={text.filter}
        description={text.filterAdvice}
        maw={420}
        value={typed}
        onChange={(event) => {
          setTyped(event.currentTarget.value);
          filter(event.currentTarget.value.trim());
        }}
      />
      <ProblemNotice error={log.error} retry={() => void log.refetch()} />
      <VirtualTable
        {...table}
        label={text.title}
        columns={columns}
        keyOf={({ n }) => n}
        opened={entry}
        onOpen={({ n }) => open(n)}
        empty={
          log.isError ? null : (
            <EmptyState
              title={subject === '' ? text.empty : text.nothingOf(subject)}
              advice={subject === '' ? text.emptyAdvice : text.nothingAdvice}
            />
          )
        }
      />
      <AuditEntry n={entry} loaded={table.rows.find(({ n }) => n === entry)} onClose={() => open(undefined)} />
    </Page>
  );
}
