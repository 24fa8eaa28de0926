import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { logPath } from '../../api/log.ts';
import { remove } from '../../api/request.ts';
import { may, sessionQuery } from '../../api/session.ts';
import { Confirm } from '../../components/confirm.tsx';
import { notifyDone } from '../../components/notify.ts';
import { ReasonedButton } from '../../components/reasoned-button.tsx';
import { useText } from '../../language/use-text.ts';

interface Props {
  readonly server: string;
  onCleared(): void;
}

/** The button that empties the request log, and its question. */
export function ClearLogs({ server, onCleared }: Props) {
  const all = useText();
  const text = all.requestLog;
  const [isAsking, setAsking] = useState(false);
  const isAllowed = may(useQuery(sessionQuery()).data, 'administrator');
  const clear = useMutation({
    mutationFn: () => remove<{ readonly cleared: number }>(logPath(server)),
    onSuccess: ({ cleared }) => {
      setAsking(false);
      notifyDone(text.cleared(cleared));
      onCleared();
    },
  });
  return (
    <>
      <ReasonedButton
        reason={isAllowed ? undefined : all.general.mayNot}
        variant="default"
        onClick={() => setAsking(true)}
      >
        {text.clear}
      </ReasonedButton>
      <Confirm
        opened={isAsking}
        title={text.clear}
        action={text.clear}
        pending={clear.isPending}
        error={clear.error}
        onConfirm={() => clear.mutate()}
        onClose={() => setAsking(false)}
      >
        {text.clearWarning}
      </Confirm>
    </>
  );
}
