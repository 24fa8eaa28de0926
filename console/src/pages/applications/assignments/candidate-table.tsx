// biome-ignore-all lint/a11y/useSemanticElements: an output element is for results of a form
import { Checkbox, Skeleton, Stack, Table, Text, VisuallyHidden } from '@mantine/core';
import { useId } from 'react';
import { useText } from '../../../language/use-text.ts';
import type { Candidate } from './candidates.ts';

interface Props {
  /** Undefined while they are searched. */
  readonly candidates: readonly Candidate[] | undefined;
  readonly chosen: readonly Candidate[];
  readonly isFailed: boolean;
  onToggle(candidate: Candidate): void;
}

/** Users and groups with a check box each. */
export function CandidateTable({ candidates, chosen, isFailed, onToggle }: Props) {
  const { applications, general } = useText();
  const text = applications.assignments;
  const prefix = useId();
  if (isFailed) return null;
  if (candidates === undefined) {
    return (
      <Stack gap="xs" role="status" aria-label={general.loading}>
        <Skeleton height={32} />
        <Skeleton height={32} />
        <Skeleton height={32} />
      </Stack>
    );
  }
  if (candidates.length === 0) {
    return (
      <Text size="sm" role="status">
        {text.noMatch}
      </Text>
    );
  }
  return (
    <Table aria-label={text.pick} layout="fixed" highlightOnHover>
      <Table.Thead>
        <Table.Tr>
          <Table.Th w={44}>
            <VisuallyHidden>{text.select}</VisuallyHidden>
          </Table.Th>
          <Table.Th>{general.name}</Table.Th>
          <Table.Th w={110}>{general.type}</Table.Th>
          <Table.Th visibleFrom="sm">{text.details}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {candidates.map((candidate) => {
          const { type, id, label, details, isActive } = candidate;
          const name = `${prefix}${id}`;
          return (
            <Table.Tr key={id}>
              <Table.Td>
                <Checkbox
                  id={name}
                  aria-label={label}
                  checked={chosen.some((one) => one.id === id)}
                  onChange={() => onToggle(candidate)}
                />
              </Table.Td>
              <Table.Td>
                <Text component="label" htmlFor={name} size="sm" className="breakable" style={{ cursor: 'pointer' }}>
                  {label}
                </Text>
                <Text size="xs" c="dimmed" className="breakable" hiddenFrom="sm">
                  {details}
                </Text>
              </Table.Td>
              <Table.Td>{type === 'User' ? general.user : general.group}</Table.Td>
              <Table.Td visibleFrom="sm" className="breakable">
                <Text size="xs" c="dimmed">
                  {[details, isActive ? '' : text.inactive].filter((part) => part !== '').join(', ')}
                </Text>
              </Table.Td>
            </Table.Tr>
          );
        })}
      </Table.Tbody>
    </Table>
  );
}
