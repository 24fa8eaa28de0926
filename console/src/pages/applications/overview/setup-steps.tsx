import { Anchor, Group, List, Paper, Stack, Text, ThemeIcon, Title } from '@mantine/core';
import type { ApplicationView } from '@rollcall/server/contract';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useText } from '../../../language/use-text.ts';
import { assignmentsQuery } from '../application-queries.ts';

/** The way from a name to a first cycle: what is done, and what comes next. */
export function SetupSteps({ application }: { readonly application: ApplicationView }) {
  const text = useText().applications.job;
  const { slug, connection, profile, settings } = application;
  const assignments = useQuery(assignmentsQuery(slug)).data?.assignments ?? [];
  const base = `/applications/${slug}`;
  const steps = [
    { name: 'connection', to: `${base}/provisioning`, isDone: connection !== null },
    { name: 'test', to: `${base}/provisioning`, isDone: profile !== null },
    { name: 'scope', to: `${base}/users-and-groups`, isDone: settings.scope === 'all' || assignments.length > 0 },
    { name: 'mappings', to: `${base}/mappings`, isDone: undefined },
    { name: 'start', to: `${base}/provisioning`, isDone: false },
  ] as const;
  return (
    <Paper withBorder p="md">
      <Stack gap="sm">
        <Title order={2} size="h4">
          {text.steps}
        </Title>
        <Text size="sm">{text.stepsText}</Text>
        <List type="ordered" listStyleType="none" spacing="xs">
          {steps.map(({ name, to, isDone }, index) => (
            <List.Item
              key={name}
              icon={
                <ThemeIcon size={24} radius="xl" color={isDone === true ? 'teal' : 'gray'} variant="light" aria-hidden>
                  <Text span size="xs" fw={700} c="var(--mantine-color-text)">
                    {isDone === true ? '✓' : index + 1}
                  </Text>
                </ThemeIcon>
              }
            >
              <Group gap="xs">
                <Anchor component={Link} to={to} size="sm">
                  {text.step[name]}
                </Anchor>
                {isDone === true ? <Text size="sm">({text.done})</Text> : null}
                {name === 'mappings' ? <Text size="sm">{text.stepMappingsHelp}</Text> : null}
              </Group>
            </List.Item>
          ))}
        </List>
      </Stack>
    </Paper>
  );
}
