import { Alert, Anchor, Stack, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';

interface Props {
  readonly tone: 'bad' | 'warning';
  readonly title: string;
  readonly children?: ReactNode;
  /** The page where something can be done about it. */
  readonly link?: { readonly to: string; readonly label: string };
}

/** Something that a person should see to, with the way there. */
export function CallOut({ tone, title, children, link }: Props) {
  return (
    <Alert color={tone === 'bad' ? 'red' : 'orange'} variant="light" title={title} role="group" aria-label={title}>
      <Stack gap={6} align="flex-start">
        {children}
        {link === undefined ? null : (
          <Anchor component={Link} to={link.to} size="sm" fw={600}>
            {link.label}
          </Anchor>
        )}
      </Stack>
    </Alert>
  );
}

/** A line of a call-out. */
export const CallOutText = ({ children }: { readonly children: ReactNode }) => (
  <Text size="sm" className="breakable">
    {children}
  </Text>
);
