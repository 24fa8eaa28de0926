import { Anchor, Table, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { type ResourceKind, requestsQuery } from '../../api/directory.ts';
import { Moment } from '../../components/moment.tsx';
import { QueryView } from '../../components/query-view.tsx';
import { ScrollTable } from '../../components/scroll-table.tsx';
import { toneOfStatus } from '../../components/status-badge.tsx';
import { Tag } from '../../components/tag.tsx';
import { useText } from '../../language/use-text.ts';
import { shortUrl } from '../request-log/log-search.ts';
import { Section } from './section.tsx';

interface Props {
  readonly server: string;
  readonly kind: ResourceKind;
  readonly id: string;
}

/** The requests of the log that were about one user or group. */
export function TouchingRequests({ server, kind, id }: Props) {
  const all = useText();
  const text = all.directory;
  const requests = useQuery(requestsQuery(server, kind, id));
  return (
    <Section title={text.requests}>
      <QueryView query={requests}>
        {({ entries }) =>
          entries.length === 0 ? (
            <Text size="sm">{text.noRequests}</Text>
          ) : (
            <ScrollTable
              label={text.requests}
              aria-label={text.requests}
              miw={520}
              head={
                <>
                  <Table.Th>{all.requestLog.number}</Table.Th>
                  <Table.Th>{all.requestLog.date}</Table.Th>
                  <Table.Th>{all.requestLog.method}</Table.Th>
                  <Table.Th>{all.requestLog.query}</Table.Th>
                  <Table.Th>{all.requestLog.status}</Table.Th>
                </>
              }
            >
              {entries.map((entry) => (
                <Table.Tr key={entry.n}>
                  <Table.Td>
                    <Anchor
                      component={Link}
                      to={`/identity-servers/${server}/log?entry=${entry.n}`}
                      size="sm"
                      className="numeric"
                    >
                      {entry.n}
                    </Anchor>
                  </Table.Td>
                  <Table.Td>
                    <Moment date={entry.date} />
                  </Table.Td>
                  <Table.Td>
                    <Tag tone="quiet">{entry.method}</Tag>
                  </Table.Td>
                  <Table.Td className="breakable">{shortUrl(entry.url)}</Table.Td>
                  <Table.Td>
                    <Tag tone={toneOfStatus(entry.status)}>{entry.status}</Tag>
                  </Table.Td>
                </Table.Tr>
              ))}
            </ScrollTable>
          )
        }
      </QueryView>
    </Section>
  );
}
