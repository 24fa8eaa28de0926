import { Alert, Anchor, Group, List, Paper, Stack, Text, Title } from '@mantine/core';
import type { ProvisioningRecordView } from '@rollcall/server/contract';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { ExchangeList } from '../../../components/exchange-list.tsx';
import { JsonView } from '../../../components/json-view.tsx';
import { Moment } from '../../../components/moment.tsx';
import { StatusBadge } from '../../../components/status-badge.tsx';
import { useText } from '../../../language/use-text.ts';
import { ChangesTable } from '../changes-table.tsx';
import { ObjectLink } from '../object-link.tsx';
import { TONES } from './tones.ts';

interface Props {
  readonly slug: string;
  readonly record: ProvisioningRecordView;
  /** In a frame of its own, under this title: a record within another one. */
  readonly title?: string;
}

/** What was done with one object, step by step, and what to do when it failed. */
export function RecordDetail({ slug, record, title }: Props) {
  const { results: text, fromServer } = useText();
  const { error, modified, steps, exchanges } = record;
  const content = (
    <Stack gap="lg">
      <Stack gap="xs">
        <Group gap="xs">
          {title === undefined ? null : (
            <Text size="sm" fw={600}>
              {title}
            </Text>
          )}
          <ObjectLink slug={slug} type={record.type} id={record.id} label={record.label} />
          <Text size="sm">{text.actions[record.action]}</Text>
          <StatusBadge tone={TONES[record.status]}>{text.outcome[record.status]}</StatusBadge>
        </Group>
        <Text size="sm" className="breakable">
          {fromServer.say(record.reason)}
        </Text>
        <Facts record={record} slug={slug} />
      </Stack>
      {error === null ? null : (
        <Alert color="red" title={`${error.code}: ${text.outcome[record.status]}`}>
          <Stack gap={6}>
            <Text size="sm" className="breakable">
              {fromServer.say(error.message)}
            </Text>
            <Text size="sm">
              <b>{text.advice}</b> {fromServer.advice[error.code] ?? error.advice}
            </Text>
            <Text size="sm">
              {text.attempts(record.attempts)}{' '}
              {record.nextTryAt === null ? null : (
                <>
                  {Date.parse(record.nextTryAt) > Date.now() ? text.nextTry : text.nextTryWas}{' '}
                  <Moment date={record.nextTryAt} />.
                </>
              )}
            </Text>
          </Stack>
        </Alert>
      )}
      <Section title={text.modified} isEmpty={modified.length === 0} empty={text.nothingModified}>
        <ChangesTable changes={modified} label={text.modified} />
      </Section>
      <Section title={text.steps} isEmpty={steps.length === 0} empty={text.noSteps}>
        <List type="ordered" size="sm" spacing="xs" listStyleType="decimal">
          {steps.map((step, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: steps are told in their order and never change
            <List.Item key={index}>
              <Step {...step} />
            </List.Item>
          ))}
        </List>
      </Section>
      <Section title={text.exchanges} isEmpty={exchanges.length === 0} empty={text.noExchanges}>
        <ExchangeList exchanges={exchanges} />
      </Section>
    </Stack>
  );
  if (title === undefined) return content;
  return (
    <Paper withBorder p="md">
      {content}
    </Paper>
  );
}

function Facts({ slug, record }: { readonly slug: string; readonly record: ProvisioningRecordView }) {
  const text = useText().results;
  return (
    <Group gap="md">
      <Moment date={record.date} exact />
      <Text size="xs" c="dimmed" className="numeric">
        {Math.round(record.durationMs).toLocaleString()} ms
      </Text>
      {record.targetId === null ? null : (
        <Text size="xs" c="dimmed" className="breakable">
          {text.inTarget} {record.targetId}
        </Text>
      )}
      <Anchor
        size="xs"
        renderRoot={(props) => (
          <Link
            {...props}
            to="/applications/$application/log"
            params={{ application: slug }}
            search={{ cycle: record.cycle }}
          />
        )}
      >
        {text.sameCycle}
      </Anchor>
    </Group>
  );
}

interface SectionProps {
  readonly title: string;
  readonly isEmpty: boolean;
  readonly empty: string;
  readonly children: ReactNode;
}

function Section({ title, isEmpty, empty, children }: SectionProps) {
  return (
    <Stack gap={6}>
      <Title order={3} size="h5">
        {title}
      </Title>
      {isEmpty ? (
        <Text size="sm" c="dimmed">
          {empty}
        </Text>
      ) : (
        children
      )}
    </Stack>
  );
}

function Step({ name, status, description, details }: ProvisioningRecordView['steps'][number]) {
  const { results: text, fromServer } = useText();
  return (
    <Stack gap={2}>
      <Group gap="xs">
        <Text size="sm" fw={600}>
          {text.stepName(name)}
        </Text>
        <StatusBadge tone={TONES[status]}>{text.outcome[status]}</StatusBadge>
      </Group>
      <Text size="sm" className="breakable">
        {fromServer.say(description)}
      </Text>
      {Object.keys(details).length === 0 ? null : (
        <details>
          <Text component="summary" size="xs" style={{ cursor: 'pointer' }}>
            {text.details}
          </Text>
          <JsonView text={JSON.stringify(details)} label={text.detailsOf(text.stepName(name))} />
        </details>
      )}
    </Stack>
  );
}
