import { Alert, Button, Stack } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { post } from '../../api/request.ts';
import { type Session, sessionQuery } from '../../api/session.ts';
import { ProblemNotice } from '../../components/problem-notice.tsx';
import { useText } from '../../language/use-text.ts';
import { Entrance } from './entrance.tsx';
import { linkToken } from './link-token.ts';
import { isComplete, NewPasswordFields } from './new-password.tsx';

/** A new password, by a one-time link. */
export function Reset() {
  const text = useText().signIn;
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  const [token] = useState(linkToken);
  const [chosen, setChosen] = useState({ password: '', repeated: '' });
  const reset = useMutation({
    mutationFn: () => post<Session>('/setup/reset', { token, password: chosen.password }),
    onSuccess: (session) => {
      queryClient.clear();
      queryClient.setQueryData(sessionQuery().queryKey, session);
      void navigate({ to: '/', replace: true });
    },
  });
  return (
    <Entrance title={text.resetTitle}>
      {token === '' ? <Alert color="orange">{text.linkIncomplete}</Alert> : null}
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (isComplete(chosen)) reset.mutate();
        }}
      >
        <Stack>
          <NewPasswordFields value={chosen} onChange={setChosen} />
          <ProblemNotice error={reset.error} />
          <Button type="submit" loading={reset.isPending} disabled={token === ''}>
            {text.resetSubmit}
          </Button>
        </Stack>
      </form>
    </Entrance>
  );
}
