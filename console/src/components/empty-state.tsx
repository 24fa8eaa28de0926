import { Paper, Stack, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';

interface Props {
  readonly title: string;
  /** What to do first. */
  readonly advice: ReactNode;
  readonly action?: ReactNode;
}

/** In place of a list that has nothing in it yet. */
export function EmptyState({ title, advice, action }: Props) {
  return (
    <Paper withBorder p="xl">
      <Stack align="center" gap="sm" ta="center">
        <Title order={2} size="h4">
          {title}
        </Title>
        <Text c="dimmed" maw={560}>
          {advice}
        </Text>
        {action}
      </Stack>
    </Paper>
  );
}
