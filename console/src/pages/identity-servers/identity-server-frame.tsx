import { Anchor, Group, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link, Outlet } from '@tanstack/react-router';
import { logCountQuery } from '../../api/identity-server-queries.ts';
import { identityServerQuery } from '../../api/queries.ts';
import { Subject } from '../../components/subject.ts';
import { PageTabs } from '../../components/tabs.tsx';
import { useText } from '../../language/use-text.ts';
import { identityServerRoute } from './identity-server-route.tsx';
import { ServerBadges } from './server-badges.tsx';

/** Above the pages of one identity server: its name and state, and its pages as tabs. */
export function IdentityServerFrame() {
  const { server } = identityServerRoute.useParams();
  const { identityServers: text, general, requestLog } = useText();
  const view = useQuery(identityServerQuery(server)).data;
  const count = useQuery(logCountQuery(server)).data?.count;
  const base = `/identity-servers/${server}`;
  const logged =
    count === undefined ? undefined : (
      <Text span size="xs" c="dimmed" className="numeric">
        {text.count(count)}
      </Text>
    );
  return (
    <Stack gap="sm">
      <Group gap="xs">
        <Anchor component={Link} to="/identity-servers" size="sm">
          {text.title}
        </Anchor>
        <Text size="sm" c="dimmed" aria-hidden>
          /
        </Text>
        <Text fw={600} className="breakable">
          {view?.name ?? server}
        </Text>
        {view === undefined ? null : <ServerBadges server={view} />}
      </Group>
      <PageTabs
        label={view?.name ?? server}
        tabs={[
          { to: base, label: general.settings },
          { to: `${base}/tokens`, label: text.tokensTab },
          { to: `${base}/users`, label: general.users },
          { to: `${base}/groups`, label: general.groups },
          { to: `${base}/import`, label: text.importTab },
          { to: `${base}/log`, label: requestLog.title, extra: logged },
          { to: `${base}/connect`, label: text.connectTab },
        ]}
      />
      <Subject value={view?.name ?? server}>
        <Outlet />
      </Subject>
    </Stack>
  );
}
