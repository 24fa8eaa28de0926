import { Button, Group, Modal, Stack, Text, TextInput } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { useText } from '../language/use-text.ts';
import { ProblemNotice } from './problem-notice.tsx';

interface Props {
  readonly opened: boolean;
  readonly title: string;
  readonly children: ReactNode;
  /** What the button that does it says. */
  readonly action: string;
  /** For what cannot be undone: this has to be typed first. */
  readonly typed?: string;
  readonly danger?: boolean;
  readonly pending?: boolean;
  readonly error?: unknown;
  onConfirm(): void;
  onClose(): void;
}

/** Asks before something is done that people may not mean. */
export function Confirm(props: Props) {
  const { opened, title, onClose } = props;
  return (
    <Modal opened={opened} onClose={onClose} title={title}>
      <Question {...props} />
    </Modal>
  );
}

/** It is there only while the dialog is open: what was typed the last time is gone. */
function Question({ children, action, typed, danger = true, pending = false, error, onConfirm, onClose }: Props) {
  const text = useText().general;
  const [given, setGiven] = useState('');
  const isReady = typed === undefined || given === typed;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (isReady) onConfirm();
      }}
    >
      <Stack>
        <Text component="div" size="sm">
          {children}
        </Text>
        {typed === undefined ? null : (
          <TextInput
            label={text.typeToConfirm(typed)}
            value={given}
            onChange={(event) => setGiven(event.currentTarget.value)}
            autoComplete="off"
            data-autofocus
          />
        )}
        <ProblemNotice error={error} />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {text.cancel}
          </Button>
          <Button type="submit" {...(danger ? { color: 'red' } : {})} disabled={!isReady} loading={pending}>
            {action}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
