import { TextInput } from '@mantine/core';
import type { CredentialsView, IdentityServerView } from '@rollcall/server/contract';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { post } from '../../api/request.ts';
import { Confirm } from '../../components/confirm.tsx';
import { CopyField } from '../../components/copy-field.tsx';
import { useText } from '../../language/use-text.ts';
import { SecretDialog } from './secret-dialog.tsx';

interface Props {
  readonly view: IdentityServerView;
  readonly opened: boolean;
  onClose(): void;
}

/** Makes a new password for Basic credentials, and shows it once. */
export function NewPassword({ view, opened, onClose }: Props) {
  const { settings: text } = useText().identityServers;
  const queryClient = useQueryClient();
  const [userName, setUserName] = useState(view.userName ?? view.slug);
  const make = useMutation({
    mutationFn: () =>
      post<CredentialsView>(`/identity-servers/${encodeURIComponent(view.slug)}/credentials`, { userName }),
    onSuccess: () => void queryClient.invalidateQueries({ queryKey: ['identity-servers'] }),
    // The secret leaves memory with the dialog.
    gcTime: 0,
  });
  const close = () => {
    make.reset();
    onClose();
  };
  if (make.data !== undefined) {
    return (
      <SecretDialog
        opened={opened}
        title={text.passwordTitle}
        once={text.passwordOnce}
        done={text.passwordDone}
        onDone={close}
      >
        <CopyField label={text.basicUser} value={make.data.userName} />
        <CopyField label={text.password} value={make.data.password} />
      </SecretDialog>
    );
  }
  return (
    <Confirm
      opened={opened}
      title={text.makePassword}
      action={text.makePassword}
      danger={view.userName !== null}
      pending={make.isPending}
      error={make.error}
      onConfirm={() => make.mutate()}
      onClose={close}
    >
      {text.makePasswordAdvice}
      <TextInput
        mt="sm"
        label={text.passwordUserName}
        description={text.passwordUserNameDescription}
        required
        maxLength={100}
        value={userName}
        onChange={(event) => setUserName(event.currentTarget.value)}
      />
    </Confirm>
  );
}
