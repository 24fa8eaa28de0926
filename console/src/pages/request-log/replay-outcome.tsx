import { Paper, ScrollArea, Stack, Table, Text } from '@mantine/core';
import type { ReplayView } from '@rollcall/server/contract';
import { JsonView } from '../../components/json-view.tsx';
import { useText } from '../../language/use-text.ts';
import { shownValue } from './shown-value.ts';

/** What a replay changes, attribute by attribute, or the refusal that it gets. */
export function ReplayOutcome({ outcome }: { readonly outcome: ReplayView }) {
  const text = useText().requestLog;
  const { changes, status, responseBody, dryRun, membersAdded, membersRemoved, others } = outcome;
  const isNothing = changes.length + membersAdded + membersRemoved + others.length === 0;
  return (
    <Stack gap="xs">
      {isNothing ? <Text size="sm">{dryRun ? text.wouldChangeNothing : text.changedNothing}</Text> : null}
      {membersAdded + membersRemoved === 0 ? null : <Text size="sm">{text.members(membersAdded, membersRemoved)}</Text>}
      {changes.length === 0 ? null : (
        <ScrollArea.Autosize mah={360} viewportProps={{ tabIndex: 0, role: 'region', 'aria-label': text.changes }}>
          <Table aria-label={text.changes} layout="fixed">
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{text.attribute}</Table.Th>
                <Table.Th>{text.before}</Table.Th>
                <Table.Th>{text.after}</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {changes.map(({ path, from, to }) => (
                <Table.Tr key={path}>
                  <Table.Th scope="row" className="breakable">
                    {path}
                  </Table.Th>
                  <Table.Td className="breakable">{shownValue(from)}</Table.Td>
                  <Table.Td className="breakable">{shownValue(to)}</Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </ScrollArea.Autosize>
      )}
      {others.length === 0 ? null : (
        <Text size="sm" className="breakable">
          {text.others} {others.map(({ label, id }) => label || id).join(', ')}
        </Text>
      )}
      {status < 400 || responseBody === null ? null : (
        <Paper withBorder p="xs">
          <JsonView text={responseBody} label={text.replayAnswer} />
        </Paper>
      )}
    </Stack>
  );
}
