import { Accordion, Group, SimpleGrid, Stack, Text } from '@mantine/core';
import type { ExchangeView } from '@rollcall/server/contract';
import { useText } from '../language/use-text.ts';
import { JsonView } from './json-view.tsx';
import { StatusBadge, toneOfStatus } from './status-badge.tsx';

/** Requests to the target and its answers, in their order; each opens. */
export function ExchangeList({ exchanges }: { readonly exchanges: readonly ExchangeView[] }) {
  const text = useText().results;
  return (
    <Accordion variant="contained" multiple chevronPosition="left">
      {exchanges.map(({ date, durationMs, method, url, status, failure, requestBody, responseBody }, index) => {
        const key = `${index} ${date}`;
        return (
          <Accordion.Item key={key} value={key}>
            <Accordion.Control>
              <Group gap="xs" wrap="nowrap">
                <StatusBadge tone={status === null ? 'bad' : toneOfStatus(status)}>
                  {status === null ? text.noAnswer : String(status)}
                </StatusBadge>
                <Text size="sm" ff="monospace" className="breakable">
                  <b>{method}</b> {url}
                </Text>
                <Text size="xs" c="dimmed" ml="auto" className="numeric" style={{ whiteSpace: 'nowrap' }}>
                  {Math.round(durationMs)} ms
                </Text>
              </Group>
            </Accordion.Control>
            <Accordion.Panel>
              <SimpleGrid cols={{ base: 1, md: 2 }}>
                <Body title={text.request} text={requestBody} />
                <Body title={text.answer} text={responseBody ?? failure} />
              </SimpleGrid>
            </Accordion.Panel>
          </Accordion.Item>
        );
      })}
    </Accordion>
  );
}

function Body({ title, text }: { readonly title: string; readonly text: string | null }) {
  const { noBody } = useText().results;
  return (
    <Stack gap={2} miw={0}>
      <Text size="sm" fw={600}>
        {title}
      </Text>
      {text === null || text === '' ? (
        <Text size="sm" c="dimmed">
          {noBody}
        </Text>
      ) : (
        <JsonView text={text} label={title} />
      )}
    </Stack>
  );
}
