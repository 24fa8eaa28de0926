import { Anchor, Button, Divider, PasswordInput, Stack, Text, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { post } from '../../api/request.ts';
import { type Session, sessionQuery } from '../../api/session.ts';
import { ProblemNotice } from '../../components/problem-notice.tsx';
import { useText } from '../../language/use-text.ts';
import { Entrance } from './entrance.tsx';
import { signInRoute } from './routes.tsx';

/** Sign-in with a password, or at the organisation's identity provider. */
export function SignIn() {
  const text = useText().signIn;
  const { to = '/' } = signInRoute.useSearch();
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  const session = useQuery(sessionQuery());
  const [userName, setUserName] = useState('');
  const [password, setPassword] = useState('');
  const signIn = useMutation({
    mutationFn: () => post<Session>('/session', { userName, password }),
    onSuccess: (signedIn) => {
      queryClient.clear();
      queryClient.setQueryData(sessionQuery().queryKey, signedIn);
      void navigate({ href: to });
    },
  });
  const provider = session.data?.signIn.oidc;
  return (
    <Entrance title={text.title}>
      <ProblemNotice error={session.error} retry={() => void session.refetch()} />
      {session.data?.state === 'setup' ? (
        <Text>
          {text.setupWithoutLink}{' '}
          <Anchor component={Link} to="/setup">
            {text.setupTitle}
          </Anchor>
        </Text>
      ) : null}
      {provider === undefined || provider === null ? null : (
        <>
          <Button component="a" href={`/api/oidc/start?to=${encodeURIComponent(to)}`}>
            {text.withProvider(provider.name)}
          </Button>
          <Divider label={text.or} />
        </>
      )}
      <form
        onSubmit={(event) => {
          event.preventDefault();
          signIn.mutate();
        }}
      >
        <Stack>
          <TextInput
            label={text.userName}
            autoComplete="username"
            required
            value={userName}
            onChange={(event) => setUserName(event.currentTarget.value)}
          />
          <PasswordInput
            label={text.password}
            autoComplete="current-password"
            required
            value={password}
            onChange={(event) => setPassword(event.currentTarget.value)}
          />
          <ProblemNotice error={signIn.error} />
          <Button type="submit" loading={signIn.isPending}>
            {text.submit}
          </Button>
          <Text size="xs" c="dimmed">
            {text.lockedOut}
          </Text>
        </Stack>
      </form>
    </Entrance>
  );
}
