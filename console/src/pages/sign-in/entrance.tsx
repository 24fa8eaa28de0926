import { Container, Group, Paper, Stack, Title } from '@mantine/core';
import { type ReactNode, useEffect } from 'react';
import { Mark } from '../../app/mark.tsx';
import { useText } from '../../language/use-text.ts';

/** The frame of the pages that people see before they are signed in. */
export function Entrance({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  const { product } = useText().general;
  useEffect(() => {
    document.title = `${title} · ${product}`;
  }, [title, product]);
  return (
    <Container size={440} pt={{ base: 'xl', sm: '12vh' }} component="main">
      <Paper withBorder p="xl" shadow="sm">
        <Stack>
          <Group gap="sm">
            <Mark size={34} />
            <Title order={1} size="h3">
              {title}
            </Title>
          </Group>
          {children}
        </Stack>
      </Paper>
    </Container>
  );
}
