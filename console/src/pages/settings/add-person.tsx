import { PasswordInput, Radio, Stack, TextInput } from '@mantine/core';
import type { AddedAdministratorView } from '@rollcall/server/contract';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { post } from '../../api/request.ts';
import type { Role } from '../../api/session.ts';
import { FormDialog } from '../../components/form-dialog.tsx';
import { notifyDone } from '../../components/notify.ts';
import { useProblem } from '../../language/use-problem.ts';
import { useText } from '../../language/use-text.ts';
import { besideFields } from './beside-fields.ts';
import { RoleField } from './role-field.tsx';
import type { Secret } from './shown-once.tsx';

interface Props {
  readonly opened: boolean;
  onClose(): void;
  onSecret(secret: Secret): void;
}

const EMPTY = { userName: '', role: 'auditor' as Role, way: 'link', password: '' }; // The role that may do least.

/** A new person: with a link to choose a password, or with a first password. */
export function AddPerson({ opened, onClose, onSecret }: Props) {
  const { settings: all, signIn, general } = useText();
  const text = all.people;
  const queryClient = useQueryClient();
  const [given, setGiven] = useState(EMPTY);
  const add = useMutation({
    mutationFn: () => {
      const { userName, role, way, password } = given;
      return post<AddedAdministratorView>('/administrators', {
        userName,
        role,
        ...(way === 'password' ? { password } : {}),
      });
    },
    onSuccess: ({ userName, setupLink }) => {
      void queryClient.invalidateQueries({ queryKey: ['administrators'] });
      close();
      if (setupLink === undefined) notifyDone(text.added(userName));
      else onSecret({ title: text.added(userName), label: text.link, value: setupLink, advice: text.linkAdvice });
    },
  });
  const problem = useProblem(add.error);
  function close(): void {
    onClose();
    add.reset();
    setGiven(EMPTY);
  }
  return (
    <FormDialog
      opened={opened}
      title={text.add}
      action={general.add}
      isPending={add.isPending}
      error={besideFields(problem, ['userName', 'password'])}
      onSubmit={() => add.mutate()}
      onClose={close}
    >
      <TextInput
        label={text.userName}
        required
        autoComplete="off"
        data-autofocus
        value={given.userName}
        error={problem?.of('userName')}
        onChange={(event) => setGiven({ ...given, userName: event.currentTarget.value })}
      />
      <RoleField value={given.role} onChange={(role) => setGiven({ ...given, role })} />
      <Radio.Group label={text.way} value={given.way} onChange={(way) => setGiven({ ...given, way })}>
        <Stack gap="xs" mt="xs">
          <Radio value="link" label={text.byLink} description={text.byLinkAdvice} />
          <Radio value="password" label={text.byPassword} description={text.byPasswordAdvice} />
        </Stack>
      </Radio.Group>
      {given.way === 'password' ? (
        <PasswordInput
          label={signIn.password}
          description={signIn.passwordRule}
          required
          autoComplete="new-password"
          value={given.password}
          error={problem?.of('password')}
          onChange={(event) => setGiven({ ...given, password: event.currentTarget.value })}
        />
      ) : null}
    </FormDialog>
  );
}
