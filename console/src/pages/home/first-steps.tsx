import { Button, Paper, SimpleGrid, Stack, Text, Title } from '@mantine/core';
import type { AttentionView } from '@rollcall/server/contract';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { may, sessionQuery } from '../../api/session.ts';
import { useText } from '../../language/use-text.ts';
import { AttentionList } from './attention-list.tsx';

/** An installation without anything in it: the two ways to begin. */
export function FirstSteps({ attention }: { readonly attention: readonly AttentionView[] }) {
  const { home: text, general } = useText();
  const session = useQuery(sessionQuery()).data;
  const disabled = !may(session, 'administrator');
  const steps = [
    { to: '/identity-servers/new', ...text.firstServer },
    { to: '/applications/new', ...text.firstApplication },
  ];
  return (
    <Stack>
      <Text maw={720}>{text.welcome}</Text>
      <SimpleGrid cols={{ base: 1, md: 2 }}>
        {steps.map(({ to, title, advice, action }) => (
          <Paper key={to} withBorder p="lg">
            <Stack h="100%" justify="space-between" align="flex-start">
              <Stack gap="xs">
                <Title order={2} size="h4">
                  {title}
                </Title>
                <Text c="dimmed">{advice}</Text>
              </Stack>
              {disabled ? (
                <Text size="sm">{general.mayNot}</Text>
              ) : (
                <Button component={Link} to={to}>
                  {action}
                </Button>
              )}
            </Stack>
          </Paper>
        ))}
      </SimpleGrid>
      {attention.length === 0 ? null : <AttentionList attention={attention} />}
    </Stack>
  );
}
