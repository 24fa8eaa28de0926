import { Alert, Button, Group, Modal, Stack } from '@mantine/core';
import { CopyField } from '../../components/copy-field.tsx';
import { Moment } from '../../components/moment.tsx';
import { useText } from '../../language/use-text.ts';

export interface Secret {
  readonly title: string;
  readonly label: string;
  readonly value: string;
  /** What to do with it. */
  readonly advice: string;
  readonly expiresAt?: string;
}

interface Props {
  /** Undefined: nothing to show. */
  readonly secret: Secret | undefined;
  onClose(): void;
}

/** A secret that no page shows again. Only its button closes it, so that no stray click loses it. */
export function ShownOnce({ secret, onClose }: Props) {
  const { settings: text, general } = useText();
  return (
    <Modal
      opened={secret !== undefined}
      onClose={onClose}
      title={secret?.title}
      closeOnClickOutside={false}
      closeOnEscape={false}
      closeButtonProps={{ 'aria-label': general.close }}
    >
      {secret === undefined ? null : (
        <Stack>
          <Alert color="orange" variant="light">
            {text.shownOnce}
          </Alert>
          <CopyField label={secret.label} value={secret.value} description={secret.advice} />
          {secret.expiresAt === undefined ? null : (
            <span>
              {text.worksUntil} <Moment date={secret.expiresAt} exact />
            </span>
          )}
          <Group justify="flex-end">
            <Button onClick={onClose}>{text.done}</Button>
          </Group>
        </Stack>
      )}
    </Modal>
  );
}
