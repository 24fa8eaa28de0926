import { Anchor, Button, Group, Modal, Stack, Text } from '@mantine/core';
import type { ReplayView } from '@rollcall/server/contract';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { logPath } from '../../api/log.ts';
import { post } from '../../api/request.ts';
import { may, sessionQuery } from '../../api/session.ts';
import { Notice } from '../../components/notice.tsx';
import { ProblemNotice } from '../../components/problem-notice.tsx';
import { QueryView } from '../../components/query-view.tsx';
import { ReasonedButton } from '../../components/reasoned-button.tsx';
import { useText } from '../../language/use-text.ts';
import { ReplayOutcome } from './replay-outcome.tsx';

interface Props {
  readonly server: string;
  readonly n: number;
  onOpen(n: number): void;
}

/** Sends a request once more: what it would change now comes first, then whether to do it. */
export function Replay({ server, n, onOpen }: Props) {
  const all = useText();
  const text = all.requestLog;
  const [isOpened, setOpened] = useState(false);
  const isAllowed = may(useQuery(sessionQuery()).data, 'administrator');
  const close = () => setOpened(false);
  return (
    <>
      <ReasonedButton reason={isAllowed ? undefined : all.general.mayNot} size="xs" onClick={() => setOpened(true)}>
        {text.replay}
      </ReasonedButton>
      <Modal
        opened={isOpened}
        onClose={close}
        title={text.replayOf(n)}
        size="lg"
        closeButtonProps={{ 'aria-label': all.general.close }}
      >
        <ReplayQuestion server={server} n={n} onOpen={onOpen} onClose={close} />
      </Modal>
    </>
  );
}

function ReplayQuestion({ server, n, onOpen, onClose }: Props & { onClose(): void }) {
  const all = useText();
  const text = all.requestLog;
  const queryClient = useQueryClient();
  const path = `${logPath(server)}/${n}/replay`;
  const preview = useQuery({
    // What it would change now: asked for each time, kept for no moment.
    queryKey: ['replay', server, n],
    queryFn: () => post<ReplayView>(path, { dryRun: true }),
    gcTime: 0,
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
    refetchOnWindowFocus: false,
  });
  const replay = useMutation({
    mutationFn: () => post<ReplayView>(path, { dryRun: false }),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: ['identity-servers', server] }),
  });
  const done = replay.data;
  if (done !== undefined) {
    return (
      <Stack>
        <div role="status">
          <Notice tone={done.status < 400 ? 'good' : 'warning'} title={text.replayed(done.status)}>
            {done.entry === null ? null : (
              <Anchor component="button" type="button" size="sm" onClick={() => onOpen(done.entry ?? n)}>
                {text.openEntry(done.entry)}
              </Anchor>
            )}
          </Notice>
        </div>
        <ReplayOutcome outcome={done} />
        <Group justify="flex-end">
          <Button onClick={onClose}>{all.general.close}</Button>
        </Group>
      </Stack>
    );
  }
  return (
    <Stack>
      <QueryView query={preview} rows={4}>
        {(outcome) => (
          <>
            <Text size="sm">{text.wouldAnswer(outcome.status)}</Text>
            <ReplayOutcome outcome={outcome} />
          </>
        )}
      </QueryView>
      <ProblemNotice error={replay.error} />
      <Group justify="flex-end">
        <Button variant="default" onClick={onClose}>
          {all.general.cancel}
        </Button>
        <Button disabled={!preview.isSuccess} loading={replay.isPending} onClick={() => replay.mutate()}>
          {text.replayNow}
        </Button>
      </Group>
    </Stack>
  );
}
