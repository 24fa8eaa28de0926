import { Button, Group, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { ReasonedButton } from '../../../components/reasoned-button.tsx';
import { useText } from '../../../language/use-text.ts';

interface Props {
  readonly mayTest: boolean;
  readonly pending: boolean;
  readonly children: ReactNode;
  onTest(): void;
}

/** The button that tests what is typed, and what came of it. */
export function TestConnection({ mayTest, pending, children, onTest }: Props) {
  const { applications, general } = useText();
  const text = applications.provisioning;
  return (
    <Stack gap="sm" mt="md">
      <Group gap="sm">
        {mayTest ? (
          <Button variant="default" onClick={onTest} loading={pending}>
            {text.test}
          </Button>
        ) : (
          <ReasonedButton reason={general.mayNot} variant="default">
            {text.test}
          </ReasonedButton>
        )}
        <Text size="sm" c="dimmed" flex={1} miw={200}>
          {text.testHelp}
        </Text>
      </Group>
      {children}
    </Stack>
  );
}
