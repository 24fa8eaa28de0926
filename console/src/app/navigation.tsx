import { NavLink, Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link, useLocation } from '@tanstack/react-router';
import { applicationsQuery, identityServersQuery } from '../api/queries.ts';
import { useText } from '../language/use-text.ts';

// A list longer than this is left to its page.
const SHOWN = 12;

/** The left column: the areas, and below the two ends what there is of each. */
export function Navigation({ onNavigate }: { readonly onNavigate: () => void }) {
  const text = useText().general;
  const path = useLocation({ select: (location) => location.pathname });
  const servers = useQuery(identityServersQuery()).data?.identityServers ?? [];
  const applications = useQuery(applicationsQuery()).data?.applications ?? [];
  const isBelow = (base: string) => path === base || path.startsWith(`${base}/`);
  return (
    <Stack gap={2}>
      <NavLink component={Link} to="/" label={text.home} active={path === '/'} onClick={onNavigate} />
      <NavLink
        component={Link}
        to="/identity-servers"
        activeOptions={{ exact: true }}
        label={text.identityServers}
        active={path === '/identity-servers'}
        onClick={onNavigate}
      />
      {servers.slice(0, SHOWN).map(({ slug, name }) => (
        <NavLink
          key={slug}
          component={Link}
          to={`/identity-servers/${slug}`}
          label={name}
          pl="xl"
          active={isBelow(`/identity-servers/${slug}`)}
          onClick={onNavigate}
        />
      ))}
      <NavLink
        component={Link}
        to="/applications"
        activeOptions={{ exact: true }}
        label={text.applications}
        active={path === '/applications'}
        onClick={onNavigate}
      />
      {applications.slice(0, SHOWN).map(({ slug, name }) => (
        <NavLink
          key={slug}
          component={Link}
          to={`/applications/${slug}`}
          label={name}
          pl="xl"
          active={isBelow(`/applications/${slug}`)}
          onClick={onNavigate}
        />
      ))}
      <NavLink
        component={Link}
        to="/settings"
        label={text.settings}
        active={isBelow('/settings')}
        onClick={onNavigate}
      />
      <NavLink component={Link} to="/audit" label={text.audit} active={path === '/audit'} onClick={onNavigate} />
    </Stack>
  );
}
