import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { type ResourceKind, resourcePath } from '../../api/directory.ts';
import { remove } from '../../api/request.ts';
import { Confirm } from '../../components/confirm.tsx';
import { notifyDone } from '../../components/notify.ts';
import { useText } from '../../language/use-text.ts';

interface Props {
  readonly server: string;
  readonly kind: ResourceKind;
  readonly id: string;
  /** What has to be typed. */
  readonly name: string;
  readonly disabled: boolean;
}

/** Deletes a user or a group, after its name was typed. */
export function DeleteResource({ server, kind, id, name, disabled }: Props) {
  const all = useText();
  const text = all.directory;
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  const [isAsking, setAsking] = useState(false);
  const path = resourcePath(server, kind, id);
  const to = kind === 'User' ? 'users' : 'groups';
  const erase = useMutation({
    mutationFn: () => remove(path),
    onSuccess: async () => {
      notifyDone(text.deleted(name));
      await navigate({ to: `/identity-servers/${server}/${to}`, replace: true });
      queryClient.removeQueries({ queryKey: ['identity-servers', server, 'resources', kind, id] });
      void queryClient.invalidateQueries({ queryKey: ['identity-servers', server] });
      void queryClient.invalidateQueries({ queryKey: ['directory', server] });
    },
  });
  return (
    <>
      <Button variant="outline" color="red" disabled={disabled} onClick={() => setAsking(true)}>
        {all.general.delete}
      </Button>
      <Confirm
        opened={isAsking}
        title={text.deleteTitle(name)}
        action={all.general.delete}
        typed={name}
        pending={erase.isPending}
        error={erase.error}
        onConfirm={() => erase.mutate()}
        onClose={() => setAsking(false)}
      >
        {text.deleteWarning[kind]}
      </Confirm>
    </>
  );
}
