import { Anchor, Group, Table, Text } from '@mantine/core';
import type { IdentityServerView, OverviewView } from '@rollcall/server/contract';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { overviewQuery } from '../../api/identity-server-queries.ts';
import { identityServersQuery } from '../../api/queries.ts';
import { EmptyState } from '../../components/empty-state.tsx';
import { Moment } from '../../components/moment.tsx';
import { Page } from '../../components/page.tsx';
import { QueryView } from '../../components/query-view.tsx';
import { ScrollTable } from '../../components/scroll-table.tsx';
import { useText } from '../../language/use-text.ts';
import { AdministratorLink } from './administrator-button.tsx';
import { ServerBadges } from './server-badges.tsx';

/** All identity servers, with what came into each. */
export function IdentityServers() {
  const { identityServers: text, general } = useText();
  const servers = useQuery(identityServersQuery());
  // Who is there counts; how much came is shown when it is known.
  const counts = useQuery(overviewQuery()).data?.identityServers ?? [];
  const add = <AdministratorLink to="/identity-servers/new">{general.add}</AdministratorLink>;
  const isEmpty = servers.data?.identityServers.length === 0;
  return (
    <Page title={text.title} description={text.description} actions={isEmpty ? undefined : add}>
      <QueryView query={servers} rows={4}>
        {({ identityServers: all }) =>
          all.length === 0 ? (
            <EmptyState title={text.emptyTitle} advice={text.emptyAdvice} action={add} />
          ) : (
            <ServerTable servers={all} counts={counts} />
          )
        }
      </QueryView>
    </Page>
  );
}

type Counted = OverviewView['identityServers'][number];

interface TableProps {
  readonly servers: readonly IdentityServerView[];
  readonly counts: readonly Counted[];
}

function ServerTable({ servers, counts }: TableProps) {
  const { identityServers: text, general } = useText();
  return (
    <ScrollTable
      label={text.title}
      highlightOnHover
      verticalSpacing="sm"
      head={
        <>
          <Table.Th scope="col">{general.name}</Table.Th>
          <Table.Th scope="col">{text.state}</Table.Th>
          <Table.Th scope="col" visibleFrom="sm">
            {text.security}
          </Table.Th>
          <Table.Th scope="col" ta="right" visibleFrom="xs">
            {general.users}
          </Table.Th>
          <Table.Th scope="col" ta="right" visibleFrom="xs">
            {general.groups}
          </Table.Th>
          <Table.Th scope="col" visibleFrom="sm">
            {text.lastRequest}
          </Table.Th>
          <Table.Th scope="col" ta="right" visibleFrom="sm">
            {text.errors24h}
          </Table.Th>
        </>
      }
    >
      {servers.map((server) => (
        <ServerRow key={server.id} server={server} counted={counts.find(({ slug }) => slug === server.slug)} />
      ))}
    </ScrollTable>
  );
}

interface RowProps {
  readonly server: IdentityServerView;
  readonly counted: Counted | undefined;
}

function ServerRow({ server, counted }: RowProps) {
  const text = useText().identityServers;
  const shown = (value: number | undefined) => (value === undefined ? '–' : text.count(value));
  return (
    <Table.Tr>
      <Table.Td>
        {server.removing ? (
          <Text size="sm">{server.name}</Text>
        ) : (
          <Anchor component={Link} to={`/identity-servers/${server.slug}`} fw={600} size="sm" className="breakable">
            {server.name}
          </Anchor>
        )}
        <Text size="xs" c="dimmed" className="breakable">
          {server.removing ? '' : server.slug}
        </Text>
      </Table.Td>
      <Table.Td miw={120}>
        <Group gap={6}>
          <ServerBadges server={server} />
        </Group>
      </Table.Td>
      <Table.Td visibleFrom="sm">{text.securityName[server.security]}</Table.Td>
      <Table.Td ta="right" className="numeric" visibleFrom="xs">
        {shown(counted?.users)}
      </Table.Td>
      <Table.Td ta="right" className="numeric" visibleFrom="xs">
        {shown(counted?.groups)}
      </Table.Td>
      <Table.Td visibleFrom="sm">
        <Moment date={counted?.lastRequestAt ?? null} />
      </Table.Td>
      <Table.Td ta="right" className="numeric" visibleFrom="sm">
        {shown(counted?.errors24h)}
      </Table.Td>
    </Table.Tr>
  );
}
