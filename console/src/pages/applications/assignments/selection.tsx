import { ActionIcon, Button, Group, Paper, Stack, Text, Title } from '@mantine/core';
import { useText } from '../../../language/use-text.ts';
import { Bin } from '../bin.tsx';
import type { Candidate } from './candidates.ts';

interface Props {
  readonly chosen: readonly Candidate[];
  onRemove(candidate: Candidate): void;
  onReset(): void;
}

/** What is chosen so far, each with a way to take it out. */
export function Selection({ chosen, onRemove, onReset }: Props) {
  const { applications, general } = useText();
  const text = applications.assignments;
  return (
    <Paper withBorder p="sm">
      <Stack gap="xs">
        <Group justify="space-between">
          <Title order={3} size="h6" aria-live="polite">
            {text.chosen(chosen.length)}
          </Title>
          <Button variant="subtle" size="compact-sm" disabled={chosen.length === 0} onClick={onReset}>
            {text.reset}
          </Button>
        </Group>
        {chosen.map((candidate) => (
          <Group key={candidate.id} wrap="nowrap" justify="space-between" gap="xs">
            <Stack gap={0} miw={0}>
              <Text size="sm" className="breakable">
                {candidate.label}
              </Text>
              <Text size="xs" c="dimmed" className="breakable">
                {candidate.details || (candidate.type === 'User' ? general.user : general.group)}
              </Text>
            </Stack>
            <ActionIcon
              variant="subtle"
              color="gray"
              aria-label={text.unselect(candidate.label)}
              onClick={() => onRemove(candidate)}
            >
              <Bin />
            </ActionIcon>
          </Group>
        ))}
      </Stack>
    </Paper>
  );
}
