import { Badge, Group, Table, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import type { AdministratorView } from '@rollcall/server/contract';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { administratorsQuery } from '../../api/administrators.ts';
import { may, sessionQuery } from '../../api/session.ts';
import { Moment } from '../../components/moment.tsx';
import { Page } from '../../components/page.tsx';
import { QueryView } from '../../components/query-view.tsx';
import { ReasonedButton } from '../../components/reasoned-button.tsx';
import { ScrollTable } from '../../components/scroll-table.tsx';
import { StatusBadge } from '../../components/status-badge.tsx';
import { useText } from '../../language/use-text.ts';
import { AddPerson } from './add-person.tsx';
import { PersonMenu } from './person-menu.tsx';
import { type Secret, ShownOnce } from './shown-once.tsx';

/** Who may sign in, and with which role. */
export function People() {
  const { settings: text, general } = useText();
  const session = useQuery(sessionQuery()).data;
  const administrators = useQuery(administratorsQuery());
  const [adding, add] = useDisclosure(false);
  const [secret, setSecret] = useState<Secret>();
  const mayChange = may(session, 'administrator');
  return (
    <Page
      title={text.people.title}
      description={text.people.description}
      actions={
        <ReasonedButton reason={mayChange ? undefined : general.mayNot} onClick={add.open}>
          {text.people.add}
        </ReasonedButton>
      }
    >
      <QueryView query={administrators} rows={3}>
        {({ administrators: people }) => (
          <ScrollTable
            label={text.people.title}
            miw={640}
            verticalSpacing="xs"
            head={
              <>
                <Table.Th>{text.people.userName}</Table.Th>
                <Table.Th>{text.people.role}</Table.Th>
                <Table.Th>{text.people.state}</Table.Th>
                <Table.Th>{text.people.lastSignIn}</Table.Th>
                <Table.Th>{text.actions}</Table.Th>
              </>
            }
          >
            {people.map((person) => (
              <Table.Tr key={person.id}>
                <Table.Td>
                  <Name person={person} isMe={person.id === session?.person?.id} />
                </Table.Td>
                <Table.Td>{general.role[person.role]}</Table.Td>
                <Table.Td>
                  <StatusBadge tone={person.active ? 'good' : 'quiet'}>
                    {person.active ? text.people.active : text.people.inactive}
                  </StatusBadge>
                </Table.Td>
                <Table.Td>
                  <Moment date={person.lastSignInAt} otherwise={general.never} />
                </Table.Td>
                <Table.Td>
                  <PersonMenu person={person} disabled={!mayChange} onSecret={setSecret} />
                </Table.Td>
              </Table.Tr>
            ))}
          </ScrollTable>
        )}
      </QueryView>
      <AddPerson opened={adding} onClose={add.close} onSecret={setSecret} />
      <ShownOnce secret={secret} onClose={() => setSecret(undefined)} />
    </Page>
  );
}

function Name({ person, isMe }: { readonly person: AdministratorView; readonly isMe: boolean }) {
  const text = useText().settings.people;
  return (
    <Group gap="xs">
      <Text size="sm" className="breakable">
        {person.userName}
      </Text>
      {isMe ? <Text size="sm">({text.you})</Text> : null}
      {person.source === 'oidc' ? (
        <Badge variant="default" tt="none">
          {text.byProvider}
        </Badge>
      ) : null}
    </Group>
  );
}
