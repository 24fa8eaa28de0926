import { Badge } from '@mantine/core';

export type Tone = 'good' | 'bad' | 'warning' | 'busy' | 'quiet';

const COLOURS: Readonly<Record<Tone, string>> = {
  good: 'teal',
  bad: 'red',
  warning: 'orange',
  busy: 'cyan',
  quiet: 'gray',
};

/** A state in a word; its colour only repeats what the word says. */
export function StatusBadge({ tone, children }: { readonly tone: Tone; readonly children: string }) {
  return (
    <Badge
      color={COLOURS[tone]}
      variant="light"
      tt="none"
      style={{ flexShrink: 0 }}
      styles={{ label: { color: 'var(--mantine-color-text)' } }}
    >
      {children}
    </Badge>
  );
}

/** The tone of an HTTP status code. */
export const toneOfStatus = (status: number): Tone => (status < 400 ? 'good' : status < 500 ? 'warning' : 'bad');
