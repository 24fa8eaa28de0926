import { Button, Group, TextInput } from '@mantine/core';
import { useClipboard } from '@mantine/hooks';
import { useText } from '../language/use-text.ts';

interface Props {
  readonly label: string;
  readonly value: string;
  readonly description?: string;
}

/** A value to be pasted elsewhere, with a button that copies it. */
export function CopyField({ label, value, description }: Props) {
  const text = useText().general;
  const clipboard = useClipboard({ timeout: 2000 });
  return (
    <Group align="flex-end" gap="xs" wrap="nowrap">
      <TextInput
        label={label}
        description={description}
        value={value}
        readOnly
        flex={1}
        styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)' } }}
        onFocus={(event) => event.currentTarget.select()}
      />
      <Button variant="default" onClick={() => clipboard.copy(value)} aria-label={text.copyOf(label)}>
        <span aria-live="polite">{clipboard.copied ? text.copied : text.copy}</span>
      </Button>
    </Group>
  );
}
