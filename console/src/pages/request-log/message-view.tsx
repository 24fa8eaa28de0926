import { Paper, Stack, Table, Text, Title } from '@mantine/core';
import { JsonView } from '../../components/json-view.tsx';
import { Notice } from '../../components/notice.tsx';
import { useText } from '../../language/use-text.ts';

interface Props {
  readonly title: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | null;
  /** As long as it came in. */
  readonly bytes: number;
  /** Bytes that are missing at the body's end. */
  readonly cut: number;
}

/** The headers and the body of a request or of an answer. */
export function MessageView({ title, headers, body, bytes, cut }: Props) {
  const text = useText().requestLog;
  const names = Object.keys(headers).toSorted();
  return (
    <Stack gap="xs" component="section" aria-label={title} miw={0}>
      <Title order={3} size="h5">
        {title}
      </Title>
      <Table aria-label={text.headersOf(title)} withRowBorders={false} verticalSpacing={2} layout="fixed">
        <Table.Tbody>
          {names.map((name) => (
            <Table.Tr key={name}>
              <Table.Th scope="row" w="38%" fz="xs" fw={600} className="breakable" style={{ verticalAlign: 'top' }}>
                {name}
              </Table.Th>
              <Table.Td fz="xs" ff="monospace" className="breakable">
                {headers[name]}
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      {body === null || body === '' ? (
        <Text size="sm" c="dimmed">
          {bytes > 0 ? text.bodyNotKept(bytes) : text.noBody}
        </Text>
      ) : (
        <Paper withBorder p="xs" mah="60dvh" style={{ overflow: 'auto' }}>
          <JsonView text={body} label={text.bodyOf(title)} />
        </Paper>
      )}
      {cut === 0 ? null : <Notice tone="warning">{text.cut(cut)}</Notice>}
    </Stack>
  );
}
