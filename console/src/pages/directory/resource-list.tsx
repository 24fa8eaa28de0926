import { Button, Group, Text, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import type { ReactNode } from 'react';
import type { Resource, ResourceKind } from '../../api/directory.ts';
import { asProblem } from '../../api/problem.ts';
import { EmptyState } from '../../components/empty-state.tsx';
import { ProblemNotice } from '../../components/problem-notice.tsx';
import { type Column, VirtualTable } from '../../components/virtual-table.tsx';
import { useText } from '../../language/use-text.ts';
import { FilterBox } from './filter-box.tsx';
import { type ListSearch, wholeFilter } from './list-search.ts';
import { useResourceRows } from './use-resource-rows.ts';

interface Props {
  readonly server: string;
  readonly kind: ResourceKind;
  readonly label: string;
  readonly columns: readonly Column<Resource>[];
  /** What the columns show, as SCIM's `attributes`. */
  readonly attributes: string;
  readonly search: ListSearch;
  /** In place of a list that has nothing in it at all. */
  readonly empty: ReactNode;
  onSearch(search: ListSearch): void;
  onOpen(resource: Resource): void;
}

/** Users or groups: a quick search, a SCIM filter, and a list of any length. */
export function ResourceList(props: Props) {
  const { server, kind, label, columns, attributes, search, empty, onSearch, onOpen } = props;
  const all = useText();
  const text = all.directory;
  const { list, rows, total, isOld, refresh } = useResourceRows(server, kind, attributes, wholeFilter(kind, search));
  const problem = list.error === null ? undefined : asProblem(list.error);
  const isFilterAtFault = problem?.view?.scimType === 'invalidFilter' && search.filter !== undefined;
  const isNarrowed = search.search !== undefined || search.filter !== undefined;
  const searchFor = useDebouncedCallback((wanted: string) => {
    const { search: _, ...others } = search;
    onSearch(wanted.trim() === '' ? others : { ...others, search: wanted.trim() });
  }, 300);
  return (
    <>
      <Group gap="xs" align="flex-start">
        <TextInput
          label={all.general.search}
          placeholder={text.searchExample[kind]}
          defaultValue={search.search ?? ''}
          w={{ base: '100%', sm: 260 }}
          onChange={({ currentTarget }) => searchFor(currentTarget.value)}
        />
        <FilterBox
          key={search.filter ?? ''}
          server={server}
          kind={kind}
          value={search.filter ?? ''}
          problem={isFilterAtFault ? problem?.message : undefined}
          onApply={(filter) => {
            const { filter: _, ...others } = search;
            onSearch(filter === '' ? others : { ...others, filter });
          }}
        />
      </Group>
      <Group gap="xs" mih={30} role="status">
        <Text size="sm">{total === undefined ? ' ' : isNarrowed ? text.found(total) : all.general.total(total)}</Text>
        {isOld ? (
          <Button size="xs" variant="light" onClick={refresh}>
            {text.changedRefresh}
          </Button>
        ) : null}
      </Group>
      {isFilterAtFault ? null : <ProblemNotice error={list.error} retry={() => void list.refetch()} />}
      <VirtualTable
        label={label}
        columns={columns}
        rows={rows}
        keyOf={({ id }) => id}
        onOpen={onOpen}
        onEnd={() => void list.fetchNextPage()}
        isFetching={list.isFetching}
        hasMore={list.hasNextPage && !list.isError}
        height="max(320px, calc(100dvh - 380px))"
        empty={
          list.isError ? null : isNarrowed ? <EmptyState title={text.noMatch} advice={text.noMatchAdvice} /> : empty
        }
      />
    </>
  );
}
