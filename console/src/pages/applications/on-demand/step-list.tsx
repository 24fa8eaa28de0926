import { Box, Group, List, Stack, Text, ThemeIcon, Title, UnstyledButton } from '@mantine/core';
import type { ProvisioningRecordView } from '@rollcall/server/contract';
import { useState } from 'react';
import { JsonView } from '../../../components/json-view.tsx';
import { StatusBadge } from '../../../components/status-badge.tsx';
import { useText } from '../../../language/use-text.ts';
import { OUTCOME_TONES } from './outcome-tones.ts';

type Step = ProvisioningRecordView['steps'][number];

/** The steps an object went through, in order, each with the facts it was decided by. */
export function StepList({ steps }: { readonly steps: readonly Step[] }) {
  const text = useText().applications.job;
  return (
    <Stack gap="xs">
      <Title order={4} size="h6">
        {text.stepsLabel}
      </Title>
      <List type="ordered" listStyleType="none" spacing="sm">
        {/* A step may come twice; its place tells the two apart. */}
        {[...steps.entries()].map(([place, step]) => (
          <OneStep key={place} step={step} number={place + 1} />
        ))}
      </List>
    </Stack>
  );
}

function OneStep({ step, number }: { readonly step: Step; readonly number: number }) {
  const text = useText().applications.job;
  const [opened, setOpened] = useState(false);
  const { name, status, description, details } = step;
  const title = Object.entries(text.stepName).find(([key]) => key === name)?.[1] ?? name;
  const hasDetails = Object.keys(details).length > 0;
  return (
    <List.Item
      styles={{ itemWrapper: { alignItems: 'flex-start', width: '100%' }, itemLabel: { flex: 1, minWidth: 0 } }}
      icon={
        <ThemeIcon size={24} radius="xl" variant="light" color="gray" aria-hidden>
          <Text span size="xs" fw={700} c="var(--mantine-color-text)">
            {number}
          </Text>
        </ThemeIcon>
      }
    >
      <Stack gap={4}>
        <Group gap="xs">
          <Text size="sm" fw={600}>
            {title}
          </Text>
          <StatusBadge tone={OUTCOME_TONES[status]}>{text.status[status]}</StatusBadge>
          {hasDetails ? (
            <UnstyledButton
              fz="sm"
              c="var(--mantine-color-anchor)"
              aria-expanded={opened}
              aria-label={`${text.stepDetails}: ${title}`}
              onClick={() => setOpened(!opened)}
            >
              {text.stepDetails}
            </UnstyledButton>
          ) : null}
        </Group>
        <Text size="sm" className="breakable">
          {description}
        </Text>
        {opened ? (
          <Box p="xs" bd="1px solid var(--mantine-color-default-border)" bdrs="sm">
            <JsonView text={JSON.stringify(details)} label={`${text.stepDetails}: ${title}`} />
          </Box>
        ) : null}
      </Stack>
    </List.Item>
  );
}
