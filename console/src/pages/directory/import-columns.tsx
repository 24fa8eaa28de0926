import { ScrollArea, Stack, Table, Text, Title } from '@mantine/core';
import { useText } from '../../language/use-text.ts';

/** What the columns of the files mean. */
export function ImportColumns() {
  const text = useText().directory;
  return (
    <Stack gap="md">
      <Meanings title={text.peopleFile} meanings={text.peopleColumns} />
      <Text size="sm">{text.peopleRule}</Text>
      <Meanings title={text.groupsFile} meanings={text.groupColumns} />
      <Text size="sm">{text.groupRule}</Text>
    </Stack>
  );
}

interface Props {
  readonly title: string;
  readonly meanings: Readonly<Record<string, string>>;
}

function Meanings({ title, meanings }: Props) {
  return (
    <Stack gap="xs">
      <Title order={3} size="h5">
        {title}
      </Title>
      <ScrollArea viewportProps={{ tabIndex: 0, role: 'region', 'aria-label': title }}>
        <Table aria-label={title} verticalSpacing={4}>
          <Table.Tbody>
            {Object.entries(meanings).map(([names, meaning]) => (
              <Table.Tr key={names}>
                <Table.Th scope="row" ff="monospace" fz="sm" style={{ verticalAlign: 'top' }}>
                  {names}
                </Table.Th>
                <Table.Td>{meaning}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </ScrollArea>
    </Stack>
  );
}
