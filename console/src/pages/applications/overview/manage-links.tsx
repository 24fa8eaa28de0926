import { Anchor, Group, Paper, Stack, Title } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useText } from '../../../language/use-text.ts';

/** The ways to what is set up, under the names that Entra gives them. */
export function ManageLinks({ slug }: { readonly slug: string }) {
  const { manage, manageLinks } = useText().applications.job;
  const links = [
    ['provisioning', manageLinks.provisioning],
    ['mappings', manageLinks.mappings],
    ['mappings', manageLinks.filters],
    ['on-demand', manageLinks.onDemand],
  ] as const;
  return (
    <Paper withBorder p="md">
      <Stack gap="sm">
        <Title order={2} size="h4">
          {manage}
        </Title>
        <Group gap="lg">
          {links.map(([path, label]) => (
            <Anchor key={label} component={Link} to={`/applications/${slug}/${path}`} size="sm">
              {label}
            </Anchor>
          ))}
        </Group>
      </Stack>
    </Paper>
  );
}
