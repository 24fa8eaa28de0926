import { Anchor, Group, Table, Text } from '@mantine/core';
import type { ApplicationView } from '@rollcall/server/contract';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { identityServersQuery } from '../../api/queries.ts';
import { Moment } from '../../components/moment.tsx';
import { ScrollTable } from '../../components/scroll-table.tsx';
import { useLanguage } from '../../language/use-text.ts';
import type { ApplicationHealth } from './application-queries.ts';
import { StateBadge } from './state-badge.tsx';

interface Props {
  readonly applications: readonly ApplicationView[];
  /** Undefined while it is not known. */
  readonly health: readonly ApplicationHealth[] | undefined;
}

/** The applications in a table: directory, state, what is linked, what fails, the last cycle. */
export function ApplicationTable({ applications, health }: Props) {
  const { applications: text, general } = useLanguage().text;
  const servers = useQuery(identityServersQuery()).data?.identityServers ?? [];
  return (
    <ScrollTable
      label={text.list}
      miw={760}
      verticalSpacing="sm"
      aria-label={text.list}
      highlightOnHover
      head={
        <>
          <Table.Th>{general.name}</Table.Th>
          <Table.Th>{text.directory}</Table.Th>
          <Table.Th>{text.state}</Table.Th>
          <Table.Th ta="right">{text.linkedUsers}</Table.Th>
          <Table.Th ta="right">{text.linkedGroups}</Table.Th>
          <Table.Th ta="right">{text.failing}</Table.Th>
          <Table.Th>{text.lastCycle}</Table.Th>
        </>
      }
    >
      {applications.map((application) => (
        <Row
          key={application.id}
          application={application}
          directory={servers.find(({ slug }) => slug === application.directory)?.name ?? application.directory}
          health={health?.find(({ slug }) => slug === application.slug)}
        />
      ))}
    </ScrollTable>
  );
}

interface RowProps {
  readonly application: ApplicationView;
  readonly directory: string;
  readonly health: ApplicationHealth | undefined;
}

function Row({ application, directory, health }: RowProps) {
  const { code, text } = useLanguage();
  const count = (value: number | undefined) => (value === undefined ? '–' : value.toLocaleString(code));
  const { slug, name } = application;
  const failing = health?.failing ?? 0;
  const isGone = application.state === 'removing';
  return (
    <Table.Tr>
      <Table.Td className="breakable">
        {isGone ? (
          <Text size="sm">{name}</Text>
        ) : (
          <Anchor component={Link} to={`/applications/${slug}`} fw={600} size="sm">
            {name}
          </Anchor>
        )}
      </Table.Td>
      <Table.Td>
        <Anchor component={Link} to={`/identity-servers/${application.directory}`} size="sm">
          {directory}
        </Anchor>
      </Table.Td>
      <Table.Td>
        <StateBadge state={health?.state ?? application.state} />
      </Table.Td>
      <Table.Td ta="right" className="numeric">
        {count(health?.links.users)}
      </Table.Td>
      <Table.Td ta="right" className="numeric">
        {count(health?.links.groups)}
      </Table.Td>
      <Table.Td ta="right" className="numeric">
        {failing > 0 ? (
          <Anchor component={Link} to={`/applications/${slug}/log?status=failure`} size="sm" c="red" fw={600}>
            {count(failing)}
          </Anchor>
        ) : (
          count(health?.failing)
        )}
      </Table.Td>
      <Table.Td>
        <LastCycle health={health} never={text.general.never} />
      </Table.Td>
    </Table.Tr>
  );
}

function LastCycle({ health, never }: { readonly health: ApplicationHealth | undefined; readonly never: string }) {
  const text = useLanguage().text.applications;
  if (health === undefined) return <Text size="sm">–</Text>;
  const { lastCycle, progress } = health;
  if (progress !== null || lastCycle?.state === 'running') {
    return <Text size="sm">{text.runningNow(progress === null ? null : Math.floor(progress * 100))}</Text>;
  }
  if (lastCycle === null) return <Text size="sm">{never}</Text>;
  return (
    <Group gap={6}>
      <Text size="sm">{text.job.outcome[lastCycle.state]}</Text>
      <Moment date={lastCycle.endedAt ?? lastCycle.beganAt} />
    </Group>
  );
}
