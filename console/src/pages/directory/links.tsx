import { Anchor, Stack, Table, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { type LinkView, linksQuery, type ResourceKind } from '../../api/directory.ts';
import { Moment } from '../../components/moment.tsx';
import { QueryView } from '../../components/query-view.tsx';
import { ScrollTable } from '../../components/scroll-table.tsx';
import { StatusBadge, type Tone } from '../../components/status-badge.tsx';
import { useText } from '../../language/use-text.ts';
import { Section } from './section.tsx';

const TONES: Readonly<Record<LinkView['state'], Tone>> = {
  active: 'good',
  disabled: 'quiet',
  left: 'quiet',
  none: 'busy',
};

interface Props {
  readonly server: string;
  readonly kind: ResourceKind;
  readonly id: string;
}

/** What a user or a group is in the applications that it is provisioned into. */
export function Links({ server, kind, id }: Props) {
  const { directory: text, fromServer } = useText();
  const links = useQuery(linksQuery(server, kind, id));
  return (
    <Section title={text.links}>
      <QueryView query={links}>
        {({ links: found }) =>
          found.length === 0 ? (
            <Text size="sm">{text.noLinks}</Text>
          ) : (
            <ScrollTable
              label={text.links}
              aria-label={text.links}
              miw={520}
              head={
                <>
                  <Table.Th>{text.application}</Table.Th>
                  <Table.Th>{text.state}</Table.Th>
                  <Table.Th>{text.targetId}</Table.Th>
                  <Table.Th>{text.lastProvisioned}</Table.Th>
                </>
              }
            >
              {found.map(({ application, state, targetId, failure, lastAt }) => (
                <Table.Tr key={application.slug}>
                  <Table.Td>
                    <Anchor component={Link} to={`/applications/${application.slug}`} size="sm">
                      {application.name}
                    </Anchor>
                  </Table.Td>
                  <Table.Td>
                    <Stack gap={2} align="flex-start">
                      <StatusBadge tone={failure === null ? TONES[state] : 'bad'}>{text.linkState[state]}</StatusBadge>
                      {failure === null ? null : (
                        <Text size="xs" className="breakable" component="div">
                          {failure.code}: {fromServer.say(failure.message)}
                          {'. '}
                          {text.nextTry} <Moment date={failure.nextTryAt} />
                        </Text>
                      )}
                    </Stack>
                  </Table.Td>
                  <Table.Td className="breakable">{targetId ?? '–'}</Table.Td>
                  <Table.Td>
                    <Moment date={lastAt} />
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
