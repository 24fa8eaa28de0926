import { Button, Group, Modal, Stack } from '@mantine/core';
import type { ReactNode } from 'react';
import { Notice } from './notice.tsx';

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
        <Notice>{once}</Notice>
        {children}
        <Group justify="flex-end">
          <Button onClick={onDone}>{done}</Button>
        </Group>
      </Stack>
    </Modal>
  );
}
