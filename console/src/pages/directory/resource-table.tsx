import { Button, Group, Text } from '@mantine/core';
import { type ReactNode, useEffect } from 'react';
import type { Resource, ResourceKind } from '../../api/directory.ts';
import { EmptyState } from '../../components/empty-state.tsx';
import { ProblemNotice } from '../../components/problem-notice.tsx';
import { type Column, VirtualTable } from '../../components/virtual-table.tsx';
import { useProblem } from '../../language/use-problem.ts';
import { useText } from '../../language/use-text.ts';
import type { ListSearch } from './list-search.ts';
import { useResourceRows } from './use-resource-rows.ts';

interface Props {
  readonly server: string;
  readonly kind: ResourceKind;
  readonly label: string;
  readonly columns: readonly Column<Resource>[];
  readonly attributes: string;
  readonly search: ListSearch;
  readonly empty: ReactNode;
  /** Told what the server says of the filter; undefined when it is right. */
  onFilterProblem(message: string | undefined): void;
  onOpen(resource: Resource): void;
}

const idOf = ({ id }: Resource): string => id;

/** The rows of a list of users or groups, and how many there are. */
export function ResourceTable(props: Props) {
  const { server, kind, label, columns, attributes, search, empty, onFilterProblem, onOpen } = props;
  const all = useText();
  const text = all.directory;
  const { list, table, isByBeginning, total, isOld, refresh } = useResourceRows(server, kind, attributes, search);
  const isFiltered = search.search !== undefined || search.filter !== undefined;
  const problem = useProblem(list.error);
  const isFilterAtFault = problem?.view?.scimType === 'invalidFilter' && search.filter !== undefined;
  const filterProblem = isFilterAtFault ? problem?.message : undefined;
  useEffect(() => onFilterProblem(filterProblem), [filterProblem, onFilterProblem]);
  return (
    <>
      <Group gap="xs" mih={30} role="status">
        <Text size="sm">{total === undefined ? ' ' : isFiltered ? text.found(total) : all.general.total(total)}</Text>
        {isByBeginning ? (
          <Text size="sm" c="dimmed">
            {all.applications.assignments.byBeginning}
          </Text>
        ) : null}
        {isOld ? (
          <Button size="xs" variant="light" onClick={refresh}>
            {text.changedRefresh}
          </Button>
        ) : null}
      </Group>
      {isFilterAtFault ? null : <ProblemNotice error={list.error} retry={() => void list.refetch()} />}
      <VirtualTable
        {...table}
        label={label}
        columns={columns}
        keyOf={idOf}
        onOpen={onOpen}
        height="max(320px, calc(100dvh - 380px))"
        empty={
          list.isError ? null : isFiltered ? <EmptyState title={text.noMatch} advice={text.noMatchAdvice} /> : empty
        }
      />
    </>
  );
}
