import { Group, List, SimpleGrid, Stack, Text, Title } from '@mantine/core';
import type { LogEntryView } from '@rollcall/server/contract';
import { Moment } from '../../components/moment.tsx';
import { Notice } from '../../components/notice.tsx';
import { StatusBadge, toneOfStatus } from '../../components/status-badge.tsx';
import { useText } from '../../language/use-text.ts';
import { shortUrl } from './log-search.ts';
import { MessageView } from './message-view.tsx';
import { QuirkNote } from './quirk-note.tsx';

/** A request and its answer, side by side where there is room, and what Rollcall made of it. */
export function EntryView({ entry }: { readonly entry: LogEntryView }) {
  const text = useText().requestLog;
  return (
    <Stack gap="md">
      <Stack gap={4}>
        <Group gap="xs" align="center">
          <StatusBadge tone="quiet">{entry.method}</StatusBadge>
          <StatusBadge tone={toneOfStatus(entry.status)}>{String(entry.status)}</StatusBadge>
          <Text component="span" ff="monospace" size="sm" className="breakable">
            {shortUrl(entry.url)}
          </Text>
        </Group>
        <Text size="sm" c="dimmed" component="div" className="breakable">
          <Moment date={entry.date} exact /> · {entry.address} · {text.milliseconds(entry.durationMs)} ·{' '}
          {text.tokenIs(entry.token)} · {text.requestId(entry.id)}
        </Text>
      </Stack>
      {entry.reason === null ? null : (
        <Notice tone="warning" title={text.refused}>
          {entry.reason}
        </Notice>
      )}
      {entry.membersSkipped === 0 ? null : <Notice tone="warning">{text.membersSkipped(entry.membersSkipped)}</Notice>}
      {entry.notes.length === 0 ? null : (
        <Stack gap="xs" component="section" aria-label={text.straightened}>
          <Title order={3} size="h5">
            {text.straightened}
          </Title>
          <List size="sm" spacing="xs">
            {entry.notes.map(({ quirk, detail }) => (
              <QuirkNote key={`${quirk} ${detail}`} quirk={quirk} detail={detail} />
            ))}
          </List>
        </Stack>
      )}
      <SimpleGrid cols={{ base: 1, md: 2 }} spacing="md">
        <MessageView
          title={text.request}
          headers={entry.requestHeaders}
          body={entry.requestBody}
          bytes={entry.requestBodyBytes}
          cut={entry.requestBodyCut}
        />
        <MessageView
          title={text.response}
          headers={entry.responseHeaders}
          body={entry.responseBody}
          bytes={entry.responseBodyBytes}
          cut={entry.responseBodyCut}
        />
      </SimpleGrid>
    </Stack>
  );
}
