import { Alert, Group, List, Stack, Text, Title } from '@mantine/core';
import type { ConnectionVerdictView } from '@rollcall/server/contract';
import { ExchangeList } from '../../../components/exchange-list.tsx';
import { StatusBadge } from '../../../components/status-badge.tsx';
import { useText } from '../../../language/use-text.ts';
import { checksOf, isFault } from './connection-checks.ts';

interface Props {
  readonly verdict: ConnectionVerdictView;
  /** What was tested. */
  readonly baseUrl: string;
}

/** What a test of the connection has shown: what the application can do, or what is wrong. */
export function ConnectionVerdict({ verdict, baseUrl }: Props) {
  const { applications, fromServer } = useText();
  const text = applications.provisioning;
  const { ok, fault, message, exchanges } = verdict;
  const title = ok ? text.authorized : isFault(fault) ? text.fault[fault] : text.unknownFault;
  return (
    <Stack gap="sm">
      <Alert color={ok ? 'teal' : 'red'} variant="light" role={ok ? 'status' : 'alert'} title={title}>
        <Stack gap="xs">
          <Text size="sm" className="breakable">
            {fromServer.say(message)}
          </Text>
          {isFault(fault) && !ok ? <Checks fault={fault} baseUrl={baseUrl} /> : null}
        </Stack>
      </Alert>
      {ok ? <Capabilities capabilities={verdict.capabilities} /> : null}
      {exchanges.length === 0 ? null : (
        <>
          <Title order={3} size="h5">
            {text.exchanges}
          </Title>
          <ExchangeList exchanges={exchanges} />
        </>
      )}
    </Stack>
  );
}

const SIGNS = { passed: '✓', wrong: '✗', notReached: '–' } as const;

function Checks({ fault, baseUrl }: { readonly fault: Parameters<typeof checksOf>[0]; readonly baseUrl: string }) {
  const text = useText().applications.provisioning;
  return (
    <List size="sm" listStyleType="none" aria-label={text.checks} spacing={2}>
      {checksOf(fault, baseUrl).map(({ check, result }) => (
        <List.Item key={check} icon={<span aria-hidden>{SIGNS[result]}</span>}>
          {text.check[check]}: {result === 'wrong' ? <b>{text.wrong}</b> : text[result]}
        </List.Item>
      ))}
    </List>
  );
}

function Capabilities({ capabilities }: Pick<ConnectionVerdictView, 'capabilities'>) {
  const text = useText().applications.provisioning;
  // The API may come to name more than these texts know.
  const nameOf = (name: string): string => Object.entries(text.capability).find(([key]) => key === name)?.[1] ?? name;
  const howOf = (how: string): string => Object.entries(text.how).find(([key]) => key === how)?.[1] ?? how;
  return (
    <>
      <Title order={3} size="h5">
        {text.detected}
      </Title>
      <List listStyleType="none" spacing="xs" size="sm" aria-label={text.detected}>
        {capabilities.map(({ name, supported, how, evidence }) => (
          <List.Item key={name}>
            <Group gap="xs">
              <Text size="sm" span aria-hidden w="1em" fw={700}>
                {supported === null ? '?' : supported ? '✓' : '✗'}
              </Text>
              <Text size="sm" span fw={600}>
                {nameOf(name)}
              </Text>
              <StatusBadge tone={supported === null ? 'quiet' : supported ? 'good' : 'warning'}>
                {supported === null ? text.unknown : supported ? text.supported : text.notSupported}
              </StatusBadge>
            </Group>
            <Text size="sm" c="dimmed" pl="calc(1em + var(--mantine-spacing-xs))" className="breakable">
              {howOf(how)}: {evidence}
            </Text>
          </List.Item>
        ))}
      </List>
    </>
  );
}
