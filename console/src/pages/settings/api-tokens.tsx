import { Table, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import type { ApiTokenView } from '@rollcall/server/contract';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { apiQuery } from '../../api/queries.ts';
import { may, sessionQuery } from '../../api/session.ts';
import { EmptyState } from '../../components/empty-state.tsx';
import { Moment } from '../../components/moment.tsx';
import { Page } from '../../components/page.tsx';
import { QueryView } from '../../components/query-view.tsx';
import { ReasonedButton } from '../../components/reasoned-button.tsx';
import { ScrollTable } from '../../components/scroll-table.tsx';
import { StatusBadge, type Tone } from '../../components/status-badge.tsx';
import { useText } from '../../language/use-text.ts';
import { AddApiToken } from './add-api-token.tsx';
import { RevokeApiToken } from './revoke-api-token.tsx';
import { type Secret, ShownOnce } from './shown-once.tsx';

const TONES: Readonly<Record<ApiTokenView['state'], Tone>> = { active: 'good', expired: 'warning', revoked: 'quiet' };

/** Tokens of the admin API, for programs. */
export function ApiTokens() {
  const { settings: all, general } = useText();
  const text = all.apiTokens;
  const mayChange = may(useQuery(sessionQuery()).data, 'administrator');
  const tokens = useQuery(apiQuery<{ apiTokens: ApiTokenView[] }>(['api-tokens']));
  const [adding, add] = useDisclosure(false);
  const [secret, setSecret] = useState<Secret>();
  const button = (
    <ReasonedButton reason={mayChange ? undefined : general.mayNot} onClick={add.open}>
      {text.add}
    </ReasonedButton>
  );
  return (
    <Page title={text.title} description={text.description} actions={button}>
      <QueryView query={tokens} rows={3}>
        {({ apiTokens }) =>
          apiTokens.length === 0 ? (
            <EmptyState title={text.empty} advice={text.emptyAdvice} />
          ) : (
            <ScrollTable
              label={text.title}
              miw={820}
              verticalSpacing="xs"
              head={
                <>
                  <Table.Th>{general.name}</Table.Th>
                  <Table.Th>{text.access}</Table.Th>
                  <Table.Th>{all.people.state}</Table.Th>
                  <Table.Th>{text.expires}</Table.Th>
                  <Table.Th>{text.lastUsed}</Table.Th>
                  <Table.Th>{all.actions}</Table.Th>
                </>
              }
            >
              {apiTokens.map((token) => (
                <Table.Tr key={token.id}>
                  <Table.Td>
                    <Text size="sm" className="breakable">
                      {token.name}
                    </Text>
                    <Text size="xs" ff="monospace">
                      {token.prefix}…
                    </Text>
                  </Table.Td>
                  <Table.Td>{text.accessOf[token.access]}</Table.Td>
                  <Table.Td>
                    <StatusBadge tone={TONES[token.state]}>{text.state[token.state]}</StatusBadge>
                  </Table.Td>
                  <Table.Td>
                    <Moment date={token.expiresAt} />
                  </Table.Td>
                  <Table.Td>
                    <Moment date={token.lastUsedAt} otherwise={general.never} />
                    {token.lastUsedFrom === null ? null : <Text size="xs">{token.lastUsedFrom}</Text>}
                  </Table.Td>
                  <Table.Td>
                    {token.state === 'active' ? <RevokeApiToken token={token} disabled={!mayChange} /> : null}
                  </Table.Td>
                </Table.Tr>
              ))}
            </ScrollTable>
          )
        }
      </QueryView>
      <AddApiToken opened={adding} onClose={add.close} onSecret={setSecret} />
      <ShownOnce secret={secret} onClose={() => setSecret(undefined)} />
    </Page>
  );
}
