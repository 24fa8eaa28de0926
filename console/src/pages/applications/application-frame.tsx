import { Anchor, Badge, Group, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link, Outlet } from '@tanstack/react-router';
import { applicationQuery } from '../../api/queries.ts';
import { Subject } from '../../components/subject.ts';
import { PageTabs } from '../../components/tabs.tsx';
import { useLanguage } from '../../language/use-text.ts';
import { useStatus } from './application-queries.ts';
import { applicationRoute } from './application-route.tsx';
import { StateBadge } from './state-badge.tsx';

/** Above the pages of one application: which one, how it stands, and its pages. */
export function ApplicationFrame() {
  const { application: slug } = applicationRoute.useParams();
  const { code, text: all } = useLanguage();
  const { tab, tabs, title } = all.applications;
  const application = useQuery(applicationQuery(slug)).data;
  const status = useStatus(slug).data;
  const base = `/applications/${slug}`;
  const name = application?.name ?? slug;
  const state = status?.state ?? application?.state;
  return (
    <Stack gap="md">
      <Stack gap="xs">
        <Group gap="xs">
          <Anchor component={Link} to="/applications" size="sm">
            {title}
          </Anchor>
          <Text size="sm" c="dimmed" aria-hidden>
            /
          </Text>
          <Text size="sm" fw={600} className="breakable">
            {name}
          </Text>
          {state === undefined ? null : <StateBadge state={state} />}
        </Group>
        <PageTabs
          label={tabs(name)}
          tabs={[
            { to: base, label: tab.overview },
            { to: `${base}/provisioning`, label: tab.provisioning },
            { to: `${base}/users-and-groups`, label: tab.assignments },
            { to: `${base}/mappings`, label: tab.mappings },
            { to: `${base}/on-demand`, label: tab.onDemand },
            { to: `${base}/log`, label: tab.log },
            { to: `${base}/plans`, label: tab.plans },
            { to: `${base}/staged`, label: tab.staged, extra: <Count of={status?.staged} language={code} /> },
            { to: `${base}/drift`, label: tab.drift, extra: <Count of={status?.drift.objects} language={code} /> },
          ]}
        />
      </Stack>
      <Subject value={name}>
        <Outlet />
      </Subject>
    </Stack>
  );
}

function Count({ of = 0, language }: { readonly of: number | undefined; readonly language: string }) {
  if (of === 0) return null;
  return (
    <Badge size="sm" color="orange" variant="light" styles={{ label: { color: 'var(--mantine-color-text)' } }}>
      {of.toLocaleString(language)}
    </Badge>
  );
}
