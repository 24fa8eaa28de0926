import { Button, Group, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useText } from '../../../language/use-text.ts';
import { type DriftSearch, driftSearch } from '../search.ts';

interface Props {
  readonly value: DriftSearch;
  onChange(value: DriftSearch): void;
}

/** Of which attribute and which object differences are shown. */
export function DriftFilters({ value, onChange }: Props) {
  const all = useText();
  const text = all.results;
  const [attribute, setAttribute] = useState(value.attribute ?? '');
  const [object, setObject] = useState(value.object ?? '');
  return (
    <form
      aria-label={all.general.filter}
      onSubmit={(event) => {
        event.preventDefault();
        onChange(driftSearch({ attribute: attribute.trim(), object: object.trim() }));
      }}
    >
      <Group gap="sm" align="flex-end">
        <TextInput
          type="search"
          label={text.attribute}
          value={attribute}
          onChange={(event) => setAttribute(event.currentTarget.value)}
        />
        <TextInput
          type="search"
          label={text.object}
          value={object}
          onChange={(event) => setObject(event.currentTarget.value)}
        />
        <Button type="submit" variant="default">
          {all.general.filter}
        </Button>
      </Group>
    </form>
  );
}
