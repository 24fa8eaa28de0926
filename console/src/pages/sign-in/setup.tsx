import { Alert, Button, Stack, Text, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { post } from '../../api/request.ts';
import { type Session, sessionQuery } from '../../api/session.ts';
import { ProblemNotice } from '../../components/problem-notice.tsx';
import { useProblem } from '../../language/use-problem.ts';
import { useText } from '../../language/use-text.ts';
import { Entrance } from './entrance.tsx';
import { linkToken } from './link-token.ts';
import { isComplete, NewPasswordFields } from './new-password.tsx';
import { setupRoute } from './routes.tsx';

/** The first administrator, by the link that `rollcall serve` printed. */
export function Setup() {
  const text = useText().signIn;
  const { to = '/' } = setupRoute.useSearch();
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  const [token] = useState(linkToken);
  const [userName, setUserName] = useState('');
  const [chosen, setChosen] = useState({ password: '', repeated: '' });
  const setUp = useMutation({
    mutationFn: () => post<Session>('/setup', { token, userName, password: chosen.password }),
    onSuccess: (session) => {
      queryClient.clear();
      queryClient.setQueryData(sessionQuery().queryKey, session);
      void navigate({ href: to, replace: true });
    },
  });
  const problem = useProblem(setUp.error);
  return (
    <Entrance title={text.setupTitle}>
      {token === '' ? <Alert color="orange">{text.setupWithoutLink}</Alert> : <Text>{text.setupIntro}</Text>}
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (isComplete(chosen)) setUp.mutate();
        }}
      >
        <Stack>
          <TextInput
            label={text.userName}
            autoComplete="username"
            required
            value={userName}
            error={problem?.of('userName')}
            onChange={(event) => setUserName(event.currentTarget.value)}
          />
          <NewPasswordFields value={chosen} onChange={setChosen} />
          <ProblemNotice error={setUp.error} />
          <Button type="submit" loading={setUp.isPending} disabled={token === ''}>
            {text.setupSubmit}
          </Button>
        </Stack>
      </form>
    </Entrance>
  );
}
