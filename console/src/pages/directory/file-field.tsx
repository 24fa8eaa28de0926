import { FileInput, Group, Paper, Stack, Text, UnstyledButton } from '@mantine/core';
import { type DragEvent, useState } from 'react';
import { useText } from '../../language/use-text.ts';

const KINDS = '.csv,.tsv,.txt,.jsonl,.ndjson,.json';

interface Props {
  readonly label: string;
  readonly description: string;
  readonly sample: { readonly name: string; readonly text: string };
  readonly required?: boolean;
  readonly value: File | null;
  onChange(file: File | null): void;
}

/** A file, chosen or dropped, with a sample of one to download. */
export function FileField({ label, description, sample, required = false, value, onChange }: Props) {
  const text = useText().directory;
  const [isOver, setOver] = useState(false);
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    const file = event.dataTransfer.files[0];
    if (file !== undefined) onChange(file);
  };
  return (
    <Paper
      withBorder
      p="md"
      style={{
        borderStyle: 'dashed',
        ...(isOver ? { background: 'var(--mantine-color-default-hover)' } : {}),
      }}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      <Stack gap="xs">
        <FileInput
          label={label}
          description={description}
          placeholder={text.chooseFile}
          required={required}
          clearable
          accept={KINDS}
          value={value}
          onChange={onChange}
          clearButtonProps={{ 'aria-label': text.removeFile(label) }}
        />
        <Group justify="space-between">
          <Text size="xs">{text.orDrop}</Text>
          <UnstyledButton fz="xs" td="underline" onClick={() => download(sample)}>
            {text.sample(sample.name)}
          </UnstyledButton>
        </Group>
      </Stack>
    </Paper>
  );
}

function download({ name, text }: { readonly name: string; readonly text: string }) {
  const url = URL.createObjectURL(new Blob([text], { type: 'text/csv' }));
  const link = Object.assign(document.createElement('a'), { href: url, download: name });
  link.click();
  URL.revokeObjectURL(url);
}
