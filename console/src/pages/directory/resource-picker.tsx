import { MultiSelect, Select } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { getResources, type Resource, type ResourceKind, resourceQuery } from '../../api/directory.ts';
import { useText } from '../../language/use-text.ts';
import { searchFilter } from './list-search.ts';
import { labelOf, textAt } from './read-attribute.ts';

const SHOWN = 20;

interface Choice {
  readonly value: string;
  readonly label: string;
}

/** Users or groups whose names begin with what was typed. */
function useChoices(server: string, kind: ResourceKind, typed: string) {
  const [search] = useDebouncedValue(typed.trim(), 250);
  const found = useQuery({
    queryKey: ['directory', server, 'choices', kind, search],
    queryFn: ({ signal }) => {
      const filter = search === '' ? undefined : searchFilter(kind, search);
      const wish = { filter, attributes: 'userName,displayName', cursor: '', count: SHOWN };
      return getResources(server, kind, wish, signal);
    },
    placeholderData: keepPreviousData,
  });
  return { choices: found.data?.Resources.map(choiceOf) ?? [], isFetching: found.isFetching };
}

function choiceOf(resource: Resource): Choice {
  const userName = textAt(resource, 'userName');
  const label = labelOf(resource);
  return { value: resource.id, label: userName === '' || userName === label ? label : `${label} (${userName})` };
}

const withKnown = (choices: readonly Choice[], known: readonly Choice[]): Choice[] => [
  ...known.filter(({ value }) => !choices.some((choice) => choice.value === value)),
  ...choices,
];

interface PickerProps {
  readonly server: string;
  readonly label: string;
  /** The id of a user; empty for none. */
  readonly value: string;
  onChange(id: string): void;
}

/** Chooses one user by search. */
export function UserPicker({ server, label, value, onChange }: PickerProps) {
  const text = useText().directory;
  const [typed, setTyped] = useState('');
  const chosen = useQuery({ ...resourceQuery(server, 'User', value), enabled: value !== '' }).data;
  const known = value === '' ? [] : [{ value, label: chosen === undefined ? value : choiceOf(chosen).label }];
  // The field holds the label of who is chosen: that is no search.
  const { choices, isFetching } = useChoices(server, 'User', typed === known[0]?.label ? '' : typed);
  return (
    <Select
      label={label}
      placeholder={text.typeToSearch}
      searchable
      clearable
      data={withKnown(choices, known)}
      // The server has searched already; an id or an e-mail address that it found need not be in the label.
      filter={({ options }) => options}
      value={value === '' ? null : value}
      onChange={(id) => onChange(id ?? '')}
      onSearchChange={setTyped}
      nothingFoundMessage={isFetching ? undefined : text.noMatch}
    />
  );
}

interface ManyProps {
  readonly server: string;
  readonly kind: ResourceKind;
  readonly label: string;
  readonly value: readonly Choice[];
  onChange(chosen: readonly Choice[]): void;
}

/** Chooses any number of users or groups by search. */
export function ResourcePicker({ server, kind, label, value, onChange }: ManyProps) {
  const text = useText().directory;
  const [typed, setTyped] = useState('');
  const { choices, isFetching } = useChoices(server, kind, typed);
  const data = withKnown(choices, value);
  return (
    <MultiSelect
      label={label}
      placeholder={text.typeToSearch}
      searchable
      data={data}
      filter={({ options }) => options}
      value={value.map((choice) => choice.value)}
      onChange={(ids) => onChange(data.filter((choice) => ids.includes(choice.value)))}
      searchValue={typed}
      onSearchChange={setTyped}
      nothingFoundMessage={isFetching ? undefined : text.noMatch}
      data-autofocus
    />
  );
}
