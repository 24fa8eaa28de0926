import { Checkbox, Text } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { remove } from '../../api/request.ts';
import { Confirm } from '../../components/confirm.tsx';
import { notifyDone } from '../../components/notify.ts';
import { useText } from '../../language/use-text.ts';

interface Props {
  readonly server: string;
  /** Undefined: nothing is to be removed. */
  readonly name: string | undefined;
  onClose(): void;
}

/** Removes a schema with its extensions, or a resource type; the server refuses while resources use it. */
export function RemoveDefinition({ server, name, onClose }: Props) {
  const { identityServers: all, general } = useText();
  const text = all.schemas;
  const queryClient = useQueryClient();
  const [force, setForce] = useState(false);
  const removal = useMutation({
    mutationFn: () => {
      const path = `/identity-servers/${encodeURIComponent(server)}/definitions/${encodeURIComponent(name ?? '')}`;
      return remove<unknown>(force ? `${path}?force=true` : path);
    },
    onSuccess: () => {
      void queryClient.invalidateQueries({ queryKey: ['identity-servers', server] });
      notifyDone(text.removed);
      close();
    },
  });
  const close = () => {
    removal.reset();
    setForce(false);
    onClose();
  };
  return (
    <Confirm
      opened={name !== undefined}
      title={text.removeTitle(name ?? '')}
      action={general.remove}
      pending={removal.isPending}
      error={removal.error}
      onConfirm={() => removal.mutate()}
      onClose={close}
    >
      <Text size="sm">{text.removeAdvice}</Text>
      <Checkbox
        mt="sm"
        label={text.force}
        checked={force}
        onChange={(event) => setForce(event.currentTarget.checked)}
      />
    </Confirm>
  );
}
