import { Checkbox, Stack, Text } from '@mantine/core';
import type { ProvisioningStatusView } from '@rollcall/server/contract';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { post } from '../../../api/request.ts';
import { Confirm } from '../../../components/confirm.tsx';
import { notifyDone } from '../../../components/notify.ts';
import { useText } from '../../../language/use-text.ts';
import { statusQuery } from '../application-queries.ts';

const SCOPES = ['watermark', 'escrows', 'quarantine', 'links', 'full', 'forceDeletes'] as const;
type Scope = (typeof SCOPES)[number];

/** What Restart in the Entra admin center resets. */
const USUAL: readonly Scope[] = ['watermark', 'escrows', 'quarantine'];
const OF_FULL: readonly Scope[] = [...USUAL, 'links'];

interface Props {
  readonly slug: string;
  readonly opened: boolean;
  onClose(): void;
}

/** Asks what a restart is to forget, each with what comes of it. */
export function RestartDialog({ slug, opened, onClose }: Props) {
  const text = useText().applications.job;
  const queryClient = useQueryClient();
  const [chosen, setChosen] = useState<readonly Scope[]>(USUAL);
  const restart = useMutation({
    mutationFn: () => post<ProvisioningStatusView>(`/applications/${slug}/restart`, { reset: chosen }),
    onSuccess: async (answer) => {
      queryClient.setQueryData(statusQuery(slug).queryKey, answer);
      notifyDone(text.restarted);
      close();
      await queryClient.invalidateQueries({ queryKey: ['applications'] });
    },
  });
  const close = () => {
    setChosen(USUAL);
    restart.reset();
    onClose();
  };
  const isFull = chosen.includes('full');
  const toggle = (scope: Scope) =>
    setChosen(chosen.includes(scope) ? chosen.filter((one) => one !== scope) : [...chosen, scope]);
  return (
    <Confirm
      opened={opened}
      title={text.restartTitle}
      action={text.restart}
      danger={chosen.includes('forceDeletes')}
      pending={restart.isPending}
      error={restart.error}
      onConfirm={() => restart.mutate()}
      onClose={close}
    >
      <Stack gap="sm">
        <Text size="sm">{text.restartText}</Text>
        {SCOPES.map((scope) => {
          const [label, description] = text.reset[scope];
          const isImplied = isFull && OF_FULL.includes(scope);
          return (
            <Checkbox
              key={scope}
              label={label}
              description={description}
              checked={isImplied || chosen.includes(scope)}
              disabled={isImplied}
              onChange={() => toggle(scope)}
            />
          );
        })}
      </Stack>
    </Confirm>
  );
}
