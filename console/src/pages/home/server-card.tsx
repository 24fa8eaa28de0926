import { Anchor, Group, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { OverviewServer } from '../../api/overview.ts';
import { Moment } from '../../components/moment.tsx';
import { StatusBadge } from '../../components/status-badge.tsx';
import { useText } from '../../language/use-text.ts';
import classes from './both-ends.module.css';

/** An identity server in the picture of both ends. */
export function ServerCard({ server }: { readonly server: OverviewServer }) {
  const { home: text } = useText();
  const { slug, name, active, users, groups, requests24h, errors24h, lastRequestAt } = server;
  return (
    <div className={classes.card}>
      <Group justify="space-between" gap="xs">
        <Anchor component={Link} to={`/identity-servers/${slug}`} fw={600} className="breakable">
          {name}
        </Anchor>
        {active ? null : <StatusBadge tone="quiet">{text.inactive}</StatusBadge>}
      </Group>
      <Text size="sm" c="dimmed">
        {text.holds(users, groups)}
      </Text>
      <Text size="sm" c="dimmed">
        {requests24h === 0 ? text.noRequests : text.requests24h(requests24h, errors24h)}
        {lastRequestAt === null ? null : (
          <>
            {' · '}
            <Moment date={lastRequestAt} />
          </>
        )}
      </Text>
    </div>
  );
}
