import { Alert, Group, Paper, Stack, Text, Title } from '@mantine/core';
import type { ProvisioningRecordView } from '@rollcall/server/contract';
import { Moment } from '../../../components/moment.tsx';
import { StatusBadge } from '../../../components/status-badge.tsx';
import { useText } from '../../../language/use-text.ts';
import { ExchangeList } from '../exchange-list.tsx';
import { ModifiedTable } from './modified-table.tsx';
import { OUTCOME_TONES } from './outcome-tones.ts';
import { StepList } from './step-list.tsx';

/** What was done with one object: the outcome, each step, what was modified, and what was sent. */
export function RecordView({ record }: { readonly record: ProvisioningRecordView }) {
  const { applications, general } = useText();
  const text = applications.job;
  const { type, label, action, status, reason, error, modified, exchanges } = record;
  return (
    <Paper withBorder p="md" component="section" aria-label={label}>
      <Stack gap="md">
        <Stack gap={4}>
          <Group gap="sm">
            <Title order={3} size="h5" className="breakable">
              {type === 'User' ? general.user : general.group} {label}
            </Title>
            <StatusBadge tone={OUTCOME_TONES[status]}>{text.status[status]}</StatusBadge>
            <Text size="sm" fw={600}>
              {text.action[action]}
            </Text>
          </Group>
          <Text size="sm" className="breakable">
            {reason}
          </Text>
        </Stack>
        {error === null ? null : (
          <Alert color="red" variant="light" title={error.code}>
            <Text size="sm" className="breakable">
              {error.message}
            </Text>
            <Text size="sm">
              <b>{text.errorAdvice}:</b> {error.advice}
            </Text>
            {record.nextTryAt === null ? null : (
              <Text size="sm">
                {text.nextTry}: <Moment date={record.nextTryAt} />
              </Text>
            )}
          </Alert>
        )}
        <StepList steps={record.steps} />
        {modified.length === 0 ? null : <ModifiedTable modified={modified} />}
        {exchanges.length === 0 ? null : (
          <Stack gap="xs">
            <Title order={4} size="h6">
              {applications.provisioning.exchanges}
            </Title>
            <ExchangeList exchanges={exchanges} />
          </Stack>
        )}
      </Stack>
    </Paper>
  );
}
