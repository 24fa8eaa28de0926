import { Button, Group, Stack, Text, TextInput, Title } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { installationQuery } from '../../api/installation.ts';
import { post } from '../../api/request.ts';
import { may, sessionQuery } from '../../api/session.ts';
import { notifyDone } from '../../components/notify.ts';
import { Page } from '../../components/page.tsx';
import { ProblemNotice } from '../../components/problem-notice.tsx';
import { QueryView } from '../../components/query-view.tsx';
import { useProblem } from '../../language/use-problem.ts';
import { useText } from '../../language/use-text.ts';
import { besideFields } from './beside-fields.ts';
import { Environment } from './environment.tsx';
import { Facts } from './facts.tsx';

const LINES = [
  'ROLLCALL_SMTP_URL=smtps://user:password@mail.example.org',
  'ROLLCALL_SMTP_FROM="Rollcall <rollcall@example.org>"',
];

/** Which server mails go through, and whether they arrive. */
export function Mail() {
  const { settings: all, general } = useText();
  const text = all.mail;
  const installation = useQuery(installationQuery());
  return (
    <Page title={text.title} description={text.description}>
      <QueryView query={installation} rows={4}>
        {({ mail }) =>
          mail.configured ? (
            <Stack gap="lg">
              <Facts
                facts={[
                  { name: text.server, value: mail.server ?? general.none, setBy: 'ROLLCALL_SMTP_URL' },
                  { name: text.from, value: mail.from ?? general.none, setBy: 'ROLLCALL_SMTP_FROM' },
                ]}
              />
              <TestMail />
            </Stack>
          ) : (
            <Stack>
              <Text>{text.notConfigured}</Text>
              <Environment lines={LINES} label={text.title} />
              <Text size="sm">{text.passwordAdvice}</Text>
            </Stack>
          )
        }
      </QueryView>
    </Page>
  );
}

function TestMail() {
  const { settings: all, general } = useText();
  const text = all.mail;
  const mayChange = may(useQuery(sessionQuery()).data, 'administrator');
  const [to, setTo] = useState('');
  const send = useMutation({
    mutationFn: () => post('/settings/mail-test', { to }),
    onSuccess: () => notifyDone(text.sent(to)),
  });
  const problem = useProblem(send.error);
  return (
    <Stack gap="xs" maw={560}>
      <Title order={2} size="h4">
        {text.test}
      </Title>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          send.mutate();
        }}
      >
        <Stack gap="sm">
          <Group align="flex-end" wrap="nowrap">
            <TextInput
              label={text.to}
              type="email"
              required
              autoComplete="email"
              flex={1}
              value={to}
              error={problem?.of('to')}
              onChange={(event) => setTo(event.currentTarget.value)}
              disabled={!mayChange}
            />
            <Button type="submit" loading={send.isPending} disabled={!mayChange}>
              {text.send}
            </Button>
          </Group>
          {mayChange ? null : <Text size="sm">{general.mayNot}</Text>}
          {send.isSuccess ? <Text size="sm">{text.sentAdvice}</Text> : null}
          <ProblemNotice error={besideFields(problem, ['to'])} />
        </Stack>
      </form>
    </Stack>
  );
}
