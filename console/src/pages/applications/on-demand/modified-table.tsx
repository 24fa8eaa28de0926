import { ScrollArea, Stack, Table, Text, Title } from '@mantine/core';
import type { ProvisioningRecordView } from '@rollcall/server/contract';
import { useText } from '../../../language/use-text.ts';

type Modified = ProvisioningRecordView['modified'];

/** A value on one line: text as it is, nothing as a dash, anything else as JSON. */
export const valueText = (value: unknown): string =>
  value === null || value === undefined ? '–' : typeof value === 'string' ? value : JSON.stringify(value);

/** Attributes before and after. */
export function ModifiedTable({ modified }: { readonly modified: Modified }) {
  const text = useText().applications.job;
  return (
    <Stack gap="xs">
      <Title order={4} size="h6">
        {text.modified}
      </Title>
      <ScrollArea viewportProps={{ tabIndex: 0, role: 'region', 'aria-label': text.modified }}>
        <Table aria-label={text.modified} miw={480} layout="fixed">
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{text.attribute}</Table.Th>
              <Table.Th>{text.before}</Table.Th>
              <Table.Th>{text.after}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {modified.map(({ path, from, to }) => (
              <Table.Tr key={path}>
                <Table.Td>
                  <Text size="xs" ff="monospace" className="breakable">
                    {path}
                  </Text>
                </Table.Td>
                <Table.Td className="breakable">{valueText(from)}</Table.Td>
                <Table.Td className="breakable">{valueText(to)}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </ScrollArea>
    </Stack>
  );
}
