import { Button, Divider, Group, Paper, Stack, Text, TextInput, Title } from '@mantine/core';
import { Fragment } from 'react';
import { useText } from '../../language/use-text.ts';
import { useSourceNames } from './attribute-names.ts';
import { ClauseFields } from './clause-fields.tsx';
import { type Clause, type Filter, problemsOf } from './draft.ts';
import type { PartProps } from './part.ts';
import { problemIn } from './row-form.ts';

const CLAUSE: Clause = { attribute: '', operator: 'EQUALS', value: '' };

/** Who is provisioned, by attributes: all clauses of one of the filters must be true. */
export function ScopingFilters({ slug, side, mapping, checked, isEditable, onChange }: PartProps) {
  const all = useText();
  const text = all.mappings;
  const names = useSourceNames(slug, side);
  const { filters } = mapping;
  const change = (next: Filter[]) => onChange({ ...mapping, filters: next });
  const add = () => change([...filters, { name: text.filterName(filters.length + 1), clauses: [CLAUSE] }]);
  return (
    <Stack gap="xs">
      <Group justify="space-between">
        <Title order={2} size="h4">
          {text.scopingFilters}
        </Title>
        <Button variant="light" size="xs" disabled={!isEditable} onClick={add}>
          {text.addFilter}
        </Button>
      </Group>
      <Text size="sm" c="dimmed">
        {filters.length === 0 ? text.noFilters[side] : text.filtersMean}
      </Text>
      {filters.map((filter, index) => {
        const problems = problemsOf(checked, side, 'filters', filter);
        const set = (next: Filter) => change(filters.with(index, next));
        const label = filter.name === '' ? text.filterName(index + 1) : filter.name;
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: filters have no other name while theirs is being written
          <Fragment key={index}>
            {index === 0 ? null : <Divider label={text.or} labelPosition="left" />}
            <Paper withBorder p="md" component="section" aria-label={label}>
              <Stack gap="sm">
                <Group align="flex-end" justify="space-between">
                  <TextInput
                    label={text.filterTitle}
                    description={text.filterTitleMeans}
                    value={filter.name}
                    w={{ base: '100%', sm: 320 }}
                    disabled={!isEditable}
                    error={problemIn(problems, 'name')}
                    onChange={(event) => set({ ...filter, name: event.currentTarget.value })}
                  />
                  <Button
                    variant="subtle"
                    color="red"
                    size="xs"
                    disabled={!isEditable}
                    aria-label={text.removeFilterOf(label)}
                    onClick={() => change(filters.toSpliced(index, 1))}
                  >
                    {text.removeFilter}
                  </Button>
                </Group>
                {filter.clauses.map((clause, place) => (
                  <ClauseFields
                    // biome-ignore lint/suspicious/noArrayIndexKey: clauses have no name
                    key={place}
                    clause={clause}
                    number={place + 1}
                    names={names}
                    problems={problems}
                    isEditable={isEditable}
                    onChange={(next) => set({ ...filter, clauses: filter.clauses.with(place, next) })}
                    onRemove={() => set({ ...filter, clauses: filter.clauses.toSpliced(place, 1) })}
                  />
                ))}
                {problemIn(problems, 'clauses') === undefined ? null : (
                  <Text size="sm" c="var(--mantine-color-error)">
                    {problemIn(problems, 'clauses')}
                  </Text>
                )}
                <Button
                  variant="default"
                  size="xs"
                  w="fit-content"
                  disabled={!isEditable}
                  onClick={() => set({ ...filter, clauses: [...filter.clauses, CLAUSE] })}
                >
                  {text.addClause}
                </Button>
              </Stack>
            </Paper>
          </Fragment>
        );
      })}
    </Stack>
  );
}
