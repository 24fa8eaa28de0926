import { Checkbox, Text } from '@mantine/core';
import { useId, useMemo } from 'react';
import { type Column, VirtualTable } from '../../../components/virtual-table.tsx';
import type { Catalogue } from '../../../language/en/index.ts';
import { useText } from '../../../language/use-text.ts';
import type { Candidate } from './candidates.ts';

interface Props {
  /** The rows, and how the next ones are fetched. */
  readonly table: {
    readonly rows: readonly Candidate[];
    readonly offset: number;
    readonly length: number;
    readonly isFetching: boolean;
    readonly hasMore: boolean;
    onReach(top: number, bottom: number): void;
  };
  readonly chosen: readonly Candidate[];
  readonly isFailed: boolean;
  onToggle(candidate: Candidate): void;
}

const ROW = 40;
const LEAST_ROWS = 4;

/** Users and groups with a check box each, however many there are. */
export function CandidateTable({ table, chosen, isFailed, onToggle }: Props) {
  const all = useText();
  const text = all.applications.assignments;
  const prefix = useId();
  const ids = useMemo(() => new Set(chosen.map(({ id }) => id)), [chosen]);
  return (
    <VirtualTable
      {...table}
      label={text.pick}
      columns={columnsOf(all, prefix, ids, onToggle)}
      keyOf={({ id }) => id}
      height={`min(${Math.max(table.length, LEAST_ROWS) * ROW}px, max(240px, 100dvh - 300px))`}
      empty={
        isFailed ? null : (
          <Text size="sm" role="status">
            {text.noMatch}
          </Text>
        )
      }
    />
  );
}

const columnsOf = (
  { applications: { assignments: text }, general }: Catalogue,
  prefix: string,
  chosen: ReadonlySet<string>,
  onToggle: (candidate: Candidate) => void,
): readonly Column<Candidate>[] => [
  {
    name: 'select',
    title: text.select,
    width: '64px',
    cell: (candidate, tabIndex) => (
      <Checkbox
        tabIndex={tabIndex}
        id={`${prefix}${candidate.id}`}
        aria-label={candidate.label}
        checked={chosen.has(candidate.id)}
        onChange={() => onToggle(candidate)}
      />
    ),
  },
  {
    name: 'name',
    title: general.name,
    width: 'minmax(0, 3fr)',
    cell: ({ id, label, details }) => (
      <label htmlFor={`${prefix}${id}`} title={details} style={{ cursor: 'pointer' }}>
        {label}{' '}
        <Text span size="xs" c="dimmed" hiddenFrom="sm">
          {details}
        </Text>
      </label>
    ),
  },
  {
    name: 'type',
    title: general.type,
    width: '84px',
    cell: ({ type }) => (type === 'User' ? general.user : general.group),
  },
  {
    name: 'details',
    title: text.details,
    width: 'minmax(0, 3fr)',
    wide: true,
    cell: ({ details, isActive }) => [details, isActive ? '' : text.inactive].filter((part) => part !== '').join(', '),
  },
];
