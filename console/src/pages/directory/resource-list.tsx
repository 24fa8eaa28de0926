import { Group, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { memo, type ReactNode, useCallback, useState } from 'react';
import type { Resource, ResourceKind } from '../../api/directory.ts';
import type { Column } from '../../components/virtual-table.tsx';
import { useText } from '../../language/use-text.ts';
import { FilterBox } from './filter-box.tsx';
import type { ListSearch } from './list-search.ts';
import { ResourceTable } from './resource-table.tsx';

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
  const [filterProblem, setFilterProblem] = useState<string>();
  return (
    <>
      <Narrowing server={server} kind={kind} search={search} problem={filterProblem} onSearch={onSearch} />
      <ResourceTable
        server={server}
        kind={kind}
        label={label}
        columns={columns}
        attributes={attributes}
        search={search}
        empty={empty}
        onFilterProblem={setFilterProblem}
        onOpen={onOpen}
      />
    </>
  );
}

interface NarrowingProps extends Pick<Props, 'server' | 'kind' | 'search' | 'onSearch'> {
  readonly problem: string | undefined;
}

const Narrowing = memo(function Narrowing({ server, kind, search, problem, onSearch }: NarrowingProps) {
  const all = useText();
  const searchFor = useDebouncedCallback((wanted: string) => {
    const { search: _, ...others } = search;
    onSearch(wanted.trim() === '' ? others : { ...others, search: wanted.trim() });
  }, 300);
  const apply = useCallback(
    (filter: string) => {
      const { filter: _, ...others } = search;
      onSearch(filter === '' ? others : { ...others, filter });
    },
    [search, onSearch],
  );
  return (
    <Group gap="xs" align="flex-start">
      <TextInput
        label={all.general.search}
        placeholder={all.directory.searchExample[kind]}
        defaultValue={search.search ?? ''}
        w={{ base: '100%', sm: 260 }}
        onChange={({ currentTarget }) => searchFor(currentTarget.value)}
      />
      <FilterBox
        key={search.filter ?? ''}
        server={server}
        kind={kind}
        value={search.filter ?? ''}
        problem={problem}
        onApply={apply}
      />
    </Group>
  );
});
