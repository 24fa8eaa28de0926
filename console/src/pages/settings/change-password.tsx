import { Button, PasswordInput, Stack } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { put } from '../../api/request.ts';
import { notifyDone } from '../../components/notify.ts';
import { ProblemNotice } from '../../components/problem-notice.tsx';
import { useProblem } from '../../language/use-problem.ts';
import { useText } from '../../language/use-text.ts';
import { isComplete, NewPasswordFields } from '../sign-in/new-password.tsx';
import { besideFields } from './beside-fields.ts';

const EMPTY = { password: '', repeated: '' };

/** Another password of one's own; it ends the other sessions. */
export function ChangePassword() {
  const { settings: all, signIn, general } = useText();
  const text = all.account;
  const [current, setCurrent] = useState('');
  const [chosen, setChosen] = useState(EMPTY);
  const change = useMutation({
    mutationFn: () => put('/session/password', { current, password: chosen.password }),
    onSuccess: () => {
      setCurrent('');
      setChosen(EMPTY);
      notifyDone(text.changed);
    },
  });
  const problem = useProblem(change.error);
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (isComplete(chosen)) change.mutate();
      }}
    >
      <Stack>
        <PasswordInput
          label={signIn.currentPassword}
          autoComplete="current-password"
          required
          value={current}
          error={problem?.of('current')}
          onChange={(event) => setCurrent(event.currentTarget.value)}
        />
        <NewPasswordFields value={chosen} error={problem?.of('password')} onChange={setChosen} />
        <ProblemNotice error={besideFields(problem, ['current', 'password'])} />
        <Button type="submit" loading={change.isPending} w="fit-content">
          {general.changePassword}
        </Button>
      </Stack>
    </form>
  );
}
