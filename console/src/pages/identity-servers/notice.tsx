import { Alert } from '@mantine/core';
import type { ReactNode } from 'react';

interface Props {
  readonly title?: string;
  /** Said by screen readers as soon as it appears. */
  readonly announced?: boolean;
  readonly children: ReactNode;
}

/** Something to know before going on. Its title is as dark as its text: the colour alone would be hard to read. */
export function Notice({ title, announced = false, children }: Props) {
  return (
    <Alert
      color="orange"
      variant="light"
      role={announced ? 'alert' : 'note'}
      styles={{ title: { color: 'var(--mantine-color-text)' } }}
      {...(title === undefined ? {} : { title })}
    >
      {children}
    </Alert>
  );
}
