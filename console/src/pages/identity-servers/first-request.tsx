// biome-ignore-all lint/a11y/useSemanticElements: an output element is for results of a form
import { Anchor, Group, Paper, Stack, Text } from '@mantine/core';
import type { IdentityServerView, LogEntryView } from '@rollcall/server/contract';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { apiQuery } from '../../api/queries.ts';
import { Moment } from '../../components/moment.tsx';
import { ProblemNotice } from '../../components/problem-notice.tsx';
import { StatusBadge, type Tone, toneOfStatus } from '../../components/status-badge.tsx';
import { useText } from '../../language/use-text.ts';
import { Notice } from './notice.tsx';
import { adviceFor } from './request-advice.ts';

// Events tell of new requests at once; this is for when there are none, such as behind a proxy that holds them back.
const POLL = 3_000;

const COLOURS: Readonly<Record<Tone, string>> = {
  good: 'teal',
  warning: 'orange',
  bad: 'red',
  busy: 'cyan',
  quiet: 'gray',
};

/** The light of a guide: nothing yet, the first request is there, or it was refused and why. */
export function FirstRequest({ view }: { readonly view: IdentityServerView }) {
  const text = useText().identityServers.connect.light;
  const query = useQuery({
    ...apiQuery<{ entries: LogEntryView[] }>(['identity-servers', view.slug, 'log'], { limit: 1, bodies: false }),
    refetchInterval: POLL,
  });
  if (!view.saveRequests) return <Notice>{text.off}</Notice>;
  const entry = query.data?.entries[0];
  const advice = entry === undefined ? undefined : adviceFor(entry);
  const [tone, title]: readonly [Tone, string] =
    entry === undefined
      ? ['quiet', text.waiting]
      : advice === undefined
        ? ['good', text.received]
        : ['warning', text.refused];
  return (
    <Paper withBorder p="md" style={{ borderInlineStart: `6px solid var(--mantine-color-${COLOURS[tone]}-6)` }}>
      <Stack gap="xs">
        <Group gap="xs" wrap="nowrap">
          <Light tone={tone} />
          <Text fw={600} role="status">
            {title}
          </Text>
        </Group>
        <ProblemNotice error={query.error} />
        {entry === undefined ? <Text size="sm">{text.waitingAdvice}</Text> : <Entry entry={entry} />}
        {entry === undefined || advice === undefined ? null : (
          <>
            {entry.reason === null ? null : (
              <Text size="sm" className="breakable">
                <b>{text.why}</b> {entry.reason}
              </Text>
            )}
            <Text size="sm">
              <b>{text.todo}</b> {text.advice[advice]}
            </Text>
          </>
        )}
        {entry === undefined ? null : (
          <Anchor component={Link} to={`/identity-servers/${view.slug}/log?entry=${entry.n}`} size="sm" w="fit-content">
            {text.open}
          </Anchor>
        )}
      </Stack>
    </Paper>
  );
}

function Light({ tone }: { readonly tone: Tone }) {
  return (
    <span
      aria-hidden
      style={{
        width: 14,
        height: 14,
        flexShrink: 0,
        borderRadius: '50%',
        border: '2px solid var(--mantine-color-text)',
        background: tone === 'quiet' ? 'transparent' : `var(--mantine-color-${COLOURS[tone]}-6)`,
      }}
    />
  );
}

function Entry({ entry }: { readonly entry: LogEntryView }) {
  const text = useText().identityServers.connect.light;
  return (
    <Stack gap={2}>
      <Group gap="xs">
        <Text size="sm">{text.latest}</Text>
        <StatusBadge tone={toneOfStatus(entry.status)}>{String(entry.status)}</StatusBadge>
        <Moment date={entry.date} />
      </Group>
      <Text size="sm" ff="monospace" className="breakable">
        {entry.method} {entry.url}
      </Text>
    </Stack>
  );
}
