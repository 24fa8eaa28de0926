import { Alert, Button, Group, Modal, Stack } from '@mantine/core';
import type { ReactNode } from 'react';

interface Props {
  readonly opened: boolean;
  readonly title: string;
  /** Why it has to be copied now. */
  readonly once: string;
  /** What the button that ends it says. */
  readonly done: string;
  readonly children: ReactNode;
  onDone(): void;
}

/** Shows a secret that cannot be shown again: only its button closes it, not a click beside it or Escape. */
export function SecretDialog({ opened, title, once, done, children, onDone }: Props) {
  return (
    <Modal
      opened={opened}
      onClose={onDone}
      title={title}
      size="lg"
      withCloseButton={false}
      closeOnClickOutside={false}
      closeOnEscape={false}
    >
      <Stack>
        <Alert color="orange" variant="light">
          {once}
        </Alert>
        {children}
        <Group justify="flex-end">
          <Button onClick={onDone}>{done}</Button>
        </Group>
      </Stack>
    </Modal>
  );
}
