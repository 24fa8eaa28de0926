import { Button, Group, Select, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { useState } from 'react';
import { useText } from '../../../language/use-text.ts';
import { ACTIONS, type LogSearch, logSearch, PERIODS, STATUSES, TYPES } from '../search.ts';

interface Props {
  readonly value: LogSearch;
  onChange(value: LogSearch): void;
}

const PAUSE = 300;

/** What of the log is shown; it stands in the address. */
export function LogFilters({ value, onChange }: Props) {
  const all = useText();
  const text = all.results;
  // A filter without a value is left out of the address.
  const set = (change: Readonly<Record<string, string | null>>) => onChange(logSearch({ ...value, ...change }));
  const periods = value.since === undefined || PERIODS.some((one) => one === value.since) ? [] : [value.since];
  return (
    <Group gap="sm" align="flex-end" role="search" aria-label={all.general.filter}>
      <TypedFilter
        label={text.objectFilter}
        value={value.object ?? ''}
        width={190}
        onChange={(object) => set({ object })}
      />
      <Select
        label={text.status}
        placeholder={text.any}
        clearable
        w={116}
        value={value.status ?? null}
        data={STATUSES.map((one) => ({ value: one, label: text.outcome[one] }))}
        onChange={(status) => set({ status })}
      />
      <Select
        label={text.action}
        placeholder={text.any}
        clearable
        w={150}
        value={value.action ?? null}
        data={ACTIONS.map((one) => ({ value: one, label: text.actions[one] }))}
        onChange={(action) => set({ action })}
      />
      <Select
        label={all.general.type}
        placeholder={text.any}
        clearable
        w={116}
        value={value.type ?? null}
        data={TYPES.map((one) => ({ value: one, label: text.type[one] }))}
        onChange={(type) => set({ type })}
      />
      <TypedFilter label={text.code} value={value.code ?? ''} width={130} onChange={(code) => set({ code })} />
      <Select
        label={text.since}
        placeholder={text.anyTime}
        clearable
        w={160}
        value={value.since ?? null}
        data={[
          ...PERIODS.map((one) => ({ value: one, label: text.period[one] })),
          ...periods.map((one) => ({ value: one, label: one })),
        ]}
        onChange={(since) => set({ since })}
      />
      {value.cycle === undefined ? null : (
        <Button variant="light" onClick={() => set({ cycle: null })}>
          {text.everyCycle}
        </Button>
      )}
    </Group>
  );
}

interface TypedProps {
  readonly label: string;
  readonly value: string;
  readonly width: number;
  onChange(value: string): void;
}

/** Waits until the person has stopped writing. */
function TypedFilter({ label, value, width, onChange }: TypedProps) {
  const [written, setWritten] = useState(value);
  const [known, setKnown] = useState(value);
  // Filters are cleared and followed by links too.
  if (known !== value) {
    setKnown(value);
    if (written.trim() !== value) setWritten(value);
  }
  const settle = useDebouncedCallback((next: string) => onChange(next.trim()), PAUSE);
  return (
    <TextInput
      type="search"
      label={label}
      w={width}
      value={written}
      onChange={(event) => {
        setWritten(event.currentTarget.value);
        settle(event.currentTarget.value);
      }}
    />
  );
}
