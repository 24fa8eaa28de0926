import { Accordion, Group, SimpleGrid, Stack, Text } from '@mantine/core';
import type { ExchangeView } from '@rollcall/server/contract';
import { JsonView } from '../../components/json-view.tsx';
import { StatusBadge, toneOfStatus } from '../../components/status-badge.tsx';
import { useText } from '../../language/use-text.ts';

/** Requests to an application and its answers; each opens. */
export function ExchangeList({ exchanges }: { readonly exchanges: readonly ExchangeView[] }) {
  const text = useText().applications.provisioning;
  return (
    <Accordion variant="contained" multiple chevronPosition="left">
      {exchanges.map((exchange, index) => {
        const key = `${index} ${exchange.date}`;
        return (
          <Accordion.Item key={key} value={key}>
            <Accordion.Control>
              <Group gap="xs" wrap="nowrap">
                {exchange.status === null ? (
                  <StatusBadge tone="bad">{text.noAnswer}</StatusBadge>
                ) : (
                  <StatusBadge tone={toneOfStatus(exchange.status)}>{String(exchange.status)}</StatusBadge>
                )}
                <Text size="sm" ff="monospace" className="breakable">
                  <b>{exchange.method}</b> {exchange.url}
                </Text>
                <Text size="xs" c="dimmed" ml="auto" className="numeric" style={{ whiteSpace: 'nowrap' }}>
                  {Math.round(exchange.durationMs)} ms
                </Text>
              </Group>
            </Accordion.Control>
            <Accordion.Panel>
              <SimpleGrid cols={{ base: 1, md: 2 }}>
                <Side title={text.request} label={text.requestBody} body={exchange.requestBody} />
                <Side
                  title={text.response}
                  label={text.responseBody}
                  body={exchange.responseBody ?? exchange.failure}
                />
              </SimpleGrid>
            </Accordion.Panel>
          </Accordion.Item>
        );
      })}
    </Accordion>
  );
}

interface SideProps {
  readonly title: string;
  readonly label: string;
  readonly body: string | null;
}

function Side({ title, label, body }: SideProps) {
  return (
    <Stack gap={4} miw={0}>
      <Text size="sm" fw={600}>
        {title}
      </Text>
      {body === null || body === '' ? <Text size="sm">–</Text> : <JsonView text={body} label={label} />}
    </Stack>
  );
}
