import { Button, Menu } from '@mantine/core';
import type { AdministratorView, OneTimeLinkView } from '@rollcall/server/contract';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { patch, post, remove } from '../../api/request.ts';
import { Confirm } from '../../components/confirm.tsx';
import { notifyDone, notifyProblem } from '../../components/notify.ts';
import { useText } from '../../language/use-text.ts';
import { ChangeRole } from './change-role.tsx';
import type { Secret } from './shown-once.tsx';

interface Props {
  readonly person: AdministratorView;
  readonly disabled: boolean;
  onSecret(secret: Secret): void;
}

/** What can be done with somebody who may sign in. */
export function PersonMenu({ person, disabled, onSecret }: Props) {
  const { settings: all, general } = useText();
  const text = all.people;
  const { id, userName, active, source } = person;
  const [asking, setAsking] = useState<'role' | 'deactivate' | 'remove'>();
  const queryClient = useQueryClient();
  const refresh = () => queryClient.invalidateQueries({ queryKey: ['administrators'] });
  const close = () => setAsking(undefined);
  const activate = useMutation({
    mutationFn: (to: boolean) => patch(`/administrators/${id}`, { active: to }),
    onSuccess: async (_, to) => {
      close();
      notifyDone(to ? text.activated(userName) : text.deactivated(userName));
      await refresh();
    },
  });
  const reset = useMutation({
    mutationFn: () => post<OneTimeLinkView>(`/administrators/${id}/reset`),
    onSuccess: ({ link, expiresAt }) =>
      onSecret({ title: text.resetOf(userName), label: text.link, value: link, advice: text.linkAdvice, expiresAt }),
    onError: notifyProblem,
  });
  const removal = useMutation({
    mutationFn: () => remove(`/administrators/${id}`),
    onSuccess: async () => {
      close();
      notifyDone(text.removed(userName));
      await refresh();
    },
  });
  return (
    <>
      <Menu position="bottom-end" withinPortal>
        <Menu.Target>
          <Button variant="default" size="compact-sm" disabled={disabled} aria-label={text.actionsFor(userName)}>
            {all.actions}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {source === 'oidc' ? null : <Menu.Item onClick={() => setAsking('role')}>{text.changeRole}</Menu.Item>}
          {source === 'password' && active ? (
            <Menu.Item onClick={() => reset.mutate()}>{text.makeResetLink}</Menu.Item>
          ) : null}
          {active ? (
            <Menu.Item onClick={() => setAsking('deactivate')}>{text.deactivate}</Menu.Item>
          ) : (
            <Menu.Item onClick={() => activate.mutate(true, { onError: notifyProblem })}>{text.activate}</Menu.Item>
          )}
          <Menu.Divider />
          <Menu.Item onClick={() => setAsking('remove')}>{general.remove}</Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <ChangeRole key={person.role} person={person} opened={asking === 'role'} onClose={close} />
      <Confirm
        opened={asking === 'deactivate'}
        title={text.deactivateTitle(userName)}
        action={text.deactivate}
        pending={activate.isPending}
        error={activate.error}
        onConfirm={() => activate.mutate(false)}
        onClose={close}
      >
        {text.deactivateMeans}
      </Confirm>
      <Confirm
        opened={asking === 'remove'}
        title={text.removeTitle(userName)}
        action={general.remove}
        pending={removal.isPending}
        error={removal.error}
        onConfirm={() => removal.mutate()}
        onClose={close}
      >
        {text.removeMeans}
      </Confirm>
    </>
  );
}
