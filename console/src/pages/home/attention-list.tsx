import { Group, Paper, Stack, Text, Title } from '@mantine/core';
import type { AttentionView } from '@rollcall/server/contract';
import { Moment } from '../../components/moment.tsx';
import { StatusBadge, type Tone } from '../../components/status-badge.tsx';
import { useText } from '../../language/use-text.ts';
import classes from './attention-list.module.css';
import { PathLink } from './path-link.tsx';

const TONES: Readonly<Record<AttentionView['severity'], Tone>> = { error: 'bad', warning: 'warning', info: 'quiet' };

/** What needs somebody now, the most urgent first, each with what to do and where. */
export function AttentionList({ attention }: { readonly attention: readonly AttentionView[] }) {
  const text = useText().home;
  return (
    <section aria-labelledby="attention">
      <Stack gap="xs">
        <Title order={2} size="h4" id="attention">
          {text.attention}
        </Title>
        {attention.length === 0 ? (
          <Paper withBorder p="md">
            <Text c="dimmed">{text.nothing}</Text>
          </Paper>
        ) : (
          <Paper withBorder component="ul" className={classes.list}>
            {attention.map((one) => (
              <Entry key={one.id} attention={one} />
            ))}
          </Paper>
        )}
      </Stack>
    </section>
  );
}

function Entry({ attention }: { readonly attention: AttentionView }) {
  const text = useText().home;
  const { kind, severity, subject, since, link } = attention;
  // A language that has no sentence of its own for it shows the server's.
  const own = text.attentionOf[kind]?.(attention.values);
  const { message, advice } = own ?? attention;
  return (
    <li className={classes.entry}>
      <StatusBadge tone={TONES[severity]}>{text.severity[severity]}</StatusBadge>
      <Stack gap={2} miw={0}>
        <Text className="breakable">{message}</Text>
        <Text size="sm" c="dimmed" className="breakable">
          {advice}
        </Text>
      </Stack>
      <Group gap="md" className={classes.way}>
        {since === null ? null : (
          <Text size="sm" c="dimmed" component="span">
            <Moment date={since} />
          </Text>
        )}
        <PathLink path={link} label={text.goTo(subject.name, text.subject[subject.kind])}>
          {text.see}
        </PathLink>
      </Group>
    </li>
  );
}
