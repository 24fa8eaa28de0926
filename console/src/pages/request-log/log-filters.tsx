import { Group, Select, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useText } from '../../language/use-text.ts';
import type { LogSearch } from './log-search.ts';

const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'];
const STATUSES = ['2xx', '4xx', '5xx', '200', '201', '204', '400', '401', '403', '404', '409', '412', '429', '500'];
const SPANS = ['1h', '24h', '7d'] as const;
const BETWEEN = 'between';

interface Props {
  readonly value: LogSearch;
  onChange(value: LogSearch): void;
}

/** The filters above the request log. Texts count when Enter is pressed or the field is left. */
export function LogFilters({ value, onChange }: Props) {
  const text = useText().requestLog;
  const isSpan = SPANS.some((span) => span === value.since) && value.until === undefined;
  const isAny = value.since === undefined && value.until === undefined;
  const [isBetween, setBetween] = useState(!isSpan && !isAny);
  const { status, since, until, ...others } = value;
  const times = { ...(since === undefined ? {} : { since }), ...(until === undefined ? {} : { until }) };
  const statuses = status === undefined ? {} : { status };
  const chosenTime = isBetween ? BETWEEN : (since ?? null);
  return (
    <Group gap="xs" align="flex-end">
      <TextField
        label={text.search}
        value={value.search}
        onChange={(search) => onChange(changed(value, 'search', search))}
      />
      <TextField label={text.path} value={value.path} onChange={(path) => onChange(changed(value, 'path', path))} />
      <Select
        label={text.method}
        placeholder={text.any}
        clearable
        w={110}
        data={METHODS}
        value={value.method ?? null}
        onChange={(method) => onChange(changed(value, 'method', method ?? ''))}
      />
      <Select
        label={text.status}
        placeholder={text.any}
        clearable
        searchable
        w={120}
        data={status === undefined || STATUSES.includes(String(status)) ? STATUSES : [...STATUSES, String(status)]}
        value={status === undefined ? null : String(status)}
        onChange={(next) => onChange({ ...others, ...times, ...(next === null ? {} : { status: next }) })}
      />
      <Select
        label={text.time}
        placeholder={text.anyTime}
        clearable
        w={160}
        data={[
          ...SPANS.map((span) => ({ value: span, label: text.span[span] })),
          { value: BETWEEN, label: text.between },
        ]}
        value={chosenTime}
        onChange={(next) => {
          setBetween(next === BETWEEN);
          onChange({ ...others, ...statuses, ...(next === null || next === BETWEEN ? {} : { since: next }) });
        }}
      />
      {isBetween ? (
        <>
          <TimeField label={text.from} value={since} onChange={(next) => onChange(changed(value, 'since', next))} />
          <TimeField label={text.to} value={until} onChange={(next) => onChange(changed(value, 'until', next))} />
        </>
      ) : null}
    </Group>
  );
}

function changed(value: LogSearch, name: 'method' | 'path' | 'search' | 'since' | 'until', next: string): LogSearch {
  const { [name]: _, ...others } = value;
  return next.trim() === '' ? others : { ...others, [name]: next.trim() };
}

interface FieldProps {
  readonly label: string;
  readonly value: string | undefined;
  onChange(value: string): void;
}

function TextField({ label, value = '', onChange }: FieldProps) {
  return (
    <TextInput
      // Whatever else changes the address (a link, going back) sets the field anew.
      key={value}
      label={label}
      defaultValue={value}
      w={180}
      onBlur={({ currentTarget }) => currentTarget.value.trim() !== value && onChange(currentTarget.value)}
      onKeyDown={({ key, currentTarget }) => key === 'Enter' && onChange(currentTarget.value)}
    />
  );
}

function TimeField({ label, value, onChange }: FieldProps) {
  return (
    <TextInput
      key={value}
      type="datetime-local"
      label={label}
      defaultValue={localTime(value)}
      w={210}
      onBlur={({ currentTarget }) => {
        const at = new Date(currentTarget.value);
        const next = Number.isNaN(at.getTime()) ? '' : at.toISOString();
        if (localTime(next) !== localTime(value)) onChange(next);
      }}
    />
  );
}

/** A moment as `datetime-local` fields have it: in the reader's time zone. */
function localTime(date: string | undefined): string {
  const at = new Date(date ?? '');
  if (Number.isNaN(at.getTime())) return '';
  return new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}
