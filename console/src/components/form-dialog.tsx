import { Button, Group, Modal, Stack } from '@mantine/core';
import type { ReactNode } from 'react';
import { useText } from '../language/use-text.ts';
import { ProblemNotice } from './problem-notice.tsx';

interface Props {
  readonly opened?: boolean;
  readonly title: string;
  readonly size?: string;
  /** What the button says that sends the form. */
  readonly action: string;
  /** Whether there is something that can be sent. */
  readonly isReady?: boolean;
  readonly isPending: boolean;
  /** What is wrong and is not said beside a field. */
  readonly error: unknown;
  readonly children: ReactNode;
  onSubmit(): void;
  onClose(): void;
}

/** A form in a dialog: its fields, what went wrong, and the two ways out. */
export function FormDialog(props: Props) {
  const { opened = true, title, size, action, isReady = true, isPending, error, children, onSubmit, onClose } = props;
  const text = useText().general;
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={title}
      closeButtonProps={{ 'aria-label': text.close }}
      {...(size === undefined ? {} : { size })}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (isReady) onSubmit();
        }}
      >
        <Stack>
          {children}
          <ProblemNotice error={error} />
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {text.cancel}
            </Button>
            <Button type="submit" disabled={!isReady} loading={isPending}>
              {action}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
