import { Anchor, Group, Paper, Stack, Text, Title } from '@mantine/core';
import type { ProvisioningStatusView } from '@rollcall/server/contract';
import { Link } from '@tanstack/react-router';
import { useLanguage } from '../../../language/use-text.ts';

/** How many users and groups are linked with the application's, in large. */
export function LinkedCounts({ status }: { readonly status: ProvisioningStatusView }) {
  const { code, text: all } = useLanguage();
  const text = all.applications.job;
  const { users, groups } = status.links;
  const counts = [
    [all.general.users, users],
    [all.general.groups, groups],
  ] as const;
  return (
    <Paper withBorder p="md" miw={{ base: '100%', sm: 260 }}>
      <Stack gap="sm">
        <Title order={2} size="h4">
          {text.inTarget}
        </Title>
        <Group gap="xl" component="dl" m={0}>
          {counts.map(([label, count]) => (
            <Stack key={label} gap={0}>
              <Text component="dt" size="sm">
                {label}
              </Text>
              <Text component="dd" m={0} fz={34} fw={700} lh={1.15} className="numeric">
                {count.toLocaleString(code)}
              </Text>
            </Stack>
          ))}
        </Group>
        <Anchor component={Link} to={`/applications/${status.application}/log`} size="sm">
          {text.viewLog}
        </Anchor>
      </Stack>
    </Paper>
  );
}
