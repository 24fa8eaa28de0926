import { Checkbox, Pill, ScrollArea, SegmentedControl, Select, Stack, Text, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { getResources, type Resource, type ResourceKind, resourceQuery } from '../../api/directory.ts';
import { nameFilter, readByName } from '../../api/name-search.ts';
import { useText } from '../../language/use-text.ts';
import { labelOf, textAt } from './read-attribute.ts';

const SHOWN = 20;

export interface Choice {
  readonly value: string;
  readonly label: string;
}

/** Users or groups whose names hold what was typed. */
function useChoices(server: string, kind: ResourceKind, typed: string) {
  const [search] = useDebouncedValue(typed.trim(), 250);
  const found = useQuery({
    queryKey: ['directory', server, 'choices', kind, search],
    queryFn: ({ signal }) => {
      const wish = { attributes: 'userName,displayName', cursor: '', count: SHOWN };
      if (search === '') return getResources(server, kind, wish, signal);
      return readByName('part', (match) =>
        getResources(server, kind, { ...wish, filter: nameFilter(kind, search, match) }, signal),
      );
    },
  });
  // Only what answers the text as it is now: nobody must pick by what an earlier text found.
  const isSettled = search === typed.trim() && found.data !== undefined;
  return { choices: isSettled ? found.data.Resources.map(choiceOf) : [], isSettled };
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
  const { directory: text, general } = useText();
  const [typed, setTyped] = useState('');
  const chosen = useQuery({ ...resourceQuery(server, 'User', value), enabled: value !== '' }).data;
  const known = value === '' ? [] : [{ value, label: chosen === undefined ? value : choiceOf(chosen).label }];
  // The field holds the label of who is chosen: that is no search.
  const { choices, isSettled } = useChoices(server, 'User', typed === known[0]?.label ? '' : typed);
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
      nothingFoundMessage={isSettled ? text.noMatch : general.loading}
    />
  );
}

interface ManyProps {
  readonly server: string;
  readonly value: readonly Choice[];
  onChange(chosen: readonly Choice[]): void;
}

/** Chooses any number of users and groups by search; what is chosen stays listed below. */
export function ResourcePicker({ server, value, onChange }: ManyProps) {
  const { directory: text, general } = useText();
  const [kind, setKind] = useState<ResourceKind>('User');
  const [typed, setTyped] = useState('');
  const { choices, isSettled } = useChoices(server, kind, typed);
  const without = (id: string) => value.filter((choice) => choice.value !== id);
  return (
    <Stack gap="xs">
      <SegmentedControl
        aria-label={general.type}
        data={[
          { value: 'User', label: general.users },
          { value: 'Group', label: general.groups },
        ]}
        value={kind}
        onChange={(next) => setKind(next === 'Group' ? 'Group' : 'User')}
      />
      <TextInput
        label={general.search}
        placeholder={text.searchExample[kind]}
        value={typed}
        data-autofocus
        onChange={({ currentTarget }) => setTyped(currentTarget.value)}
      />
      <ScrollArea h={230} type="auto" scrollbars="y">
        <Stack gap={6} py={4} role="group" aria-label={kind === 'User' ? general.users : general.groups}>
          {choices.map((choice) => (
            <Checkbox
              key={choice.value}
              label={choice.label}
              checked={value.some((chosen) => chosen.value === choice.value)}
              onChange={({ currentTarget }) =>
                onChange(currentTarget.checked ? [...without(choice.value), choice] : without(choice.value))
              }
            />
          ))}
          {choices.length === 0 ? <Text size="sm">{isSettled ? text.noMatch : general.loading}</Text> : null}
        </Stack>
      </ScrollArea>
      {value.length === 0 ? null : (
        <>
          <Text size="sm" fw={600} role="status">
            {text.selected(value.length)}
          </Text>
          <Pill.Group>
            {value.map((choice) => (
              <Pill
                key={choice.value}
                withRemoveButton
                onRemove={() => onChange(without(choice.value))}
                removeButtonProps={{ 'aria-label': text.removeMember(choice.label), tabIndex: 0, 'aria-hidden': false }}
              >
                {choice.label}
              </Pill>
            ))}
          </Pill.Group>
        </>
      )}
    </Stack>
  );
}
