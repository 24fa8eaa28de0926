import { Button, Group, Paper, Stack, Text } from '@mantine/core';
import { ProblemNotice } from '../../../components/problem-notice.tsx';
import { useText } from '../../../language/use-text.ts';
import { ReasonedButton } from '../reasoned-button.tsx';

interface Props {
  readonly dirty: boolean;
  readonly mayNot: boolean;
  readonly pending: boolean;
  readonly error: unknown;
  onSave(): void;
  onDiscard(): void;
}

/** Save and Discard, in sight wherever the page is scrolled to, with what the API did not take. */
export function SaveBar({ dirty, mayNot, pending, error, onSave, onDiscard }: Props) {
  const text = useText().general;
  return (
    <Paper withBorder p="sm" shadow="sm" pos="sticky" bottom={8} style={{ zIndex: 5 }}>
      <Stack gap="sm">
        <ProblemNotice error={error} />
        <Group gap="sm">
          {mayNot ? (
            <ReasonedButton reason={text.mayNot}>{text.save}</ReasonedButton>
          ) : (
            <Button onClick={onSave} loading={pending} disabled={!dirty}>
              {text.save}
            </Button>
          )}
          <Button variant="default" onClick={onDiscard} disabled={!dirty || pending}>
            {text.discard}
          </Button>
          <Text size="sm" c="dimmed" role="status">
            {dirty ? text.unsaved : ''}
          </Text>
        </Group>
      </Stack>
    </Paper>
  );
}
