import { Button, Stack, Text, Title } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { post } from '../../api/request.ts';
import { sessionQuery } from '../../api/session.ts';
import { Page } from '../../components/page.tsx';
import { ProblemNotice } from '../../components/problem-notice.tsx';
import { useText } from '../../language/use-text.ts';
import { ChangePassword } from './change-password.tsx';

/** What people set for themselves: their password, and where they are signed in. */
export function OwnAccount() {
  const { settings: all, general } = useText();
  const text = all.account;
  const person = useQuery(sessionQuery()).data?.person;
  return (
    <Page title={text.title}>
      <Stack gap="xs" maw={440}>
        <Title order={2} size="h4">
          {general.changePassword}
        </Title>
        {person?.source === 'oidc' ? <Text>{text.byProvider}</Text> : <ChangePassword />}
      </Stack>
      <Sessions />
    </Page>
  );
}

function Sessions() {
  const { settings: all, general } = useText();
  const text = all.account;
  const signOut = useMutation({
    mutationFn: () => post('/session/sign-out-everywhere'),
    // The page is loaded anew: nothing that the person saw stays in memory.
    onSuccess: () => window.location.assign('/sign-in'),
  });
  return (
    <Stack gap="xs" align="flex-start" maw={560} mt="md">
      <Title order={2} size="h4">
        {text.sessions}
      </Title>
      <Text>{text.sessionsMeans}</Text>
      <ProblemNotice error={signOut.error} />
      <Button variant="default" loading={signOut.isPending} onClick={() => signOut.mutate()}>
        {general.signOutEverywhere}
      </Button>
    </Stack>
  );
}
