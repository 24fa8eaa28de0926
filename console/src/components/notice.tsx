import { Alert } from '@mantine/core';
import type { ReactNode } from 'react';

const COLOURS = { good: 'teal', bad: 'red', warning: 'orange' } as const;

interface Props {
  readonly tone: keyof typeof COLOURS;
  readonly title?: string;
  readonly children?: ReactNode;
}

/** Something to know before going on. Its title is in the colour of text: a coloured one is too pale to read. */
export function Notice({ tone, title, children }: Props) {
  return (
    <Alert
      color={COLOURS[tone]}
      variant="light"
      {...(title === undefined ? {} : { title })}
      styles={{ title: { color: 'var(--mantine-color-text)' } }}
    >
      {children}
    </Alert>
  );
}
