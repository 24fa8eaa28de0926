import { Textarea } from '@mantine/core';
import { useText } from '../../language/use-text.ts';

/** JSON of an object as typed; undefined when it is none. */
export function objectOf(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : undefined;
  } catch {
    return undefined;
  }
}

interface Props {
  readonly value: string;
  onChange(value: string): void;
}

/** A resource as JSON, for what the form does not have. */
export function JsonField({ value, onChange }: Props) {
  const text = useText().directory;
  return (
    <Textarea
      label={text.rawJson}
      description={text.rawJsonHelp}
      value={value}
      error={objectOf(value) === undefined ? text.notJson : undefined}
      autosize
      minRows={10}
      maxRows={28}
      spellCheck={false}
      styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)' } }}
      onChange={({ currentTarget }) => onChange(currentTarget.value)}
    />
  );
}
