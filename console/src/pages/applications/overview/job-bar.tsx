import { Button, Group } from '@mantine/core';
import type { ProvisioningStatusView } from '@rollcall/server/contract';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { post } from '../../../api/request.ts';
import { may, sessionQuery } from '../../../api/session.ts';
import { notifyDone } from '../../../components/notify.ts';
import { ProblemNotice } from '../../../components/problem-notice.tsx';
import { ReasonedButton } from '../../../components/reasoned-button.tsx';
import { useText } from '../../../language/use-text.ts';
import { statusQuery } from '../application-queries.ts';
import { RestartDialog } from './restart-dialog.tsx';
import { whyNot } from './why-not.ts';

/** What can be done with an application's provisioning: start, stop, restart, and the ways to its pages. */
export function JobBar({ status }: { readonly status: ProvisioningStatusView }) {
  const { applications, general } = useText();
  const text = applications.job;
  const queryClient = useQueryClient();
  const mayRun = may(useQuery(sessionQuery()).data, 'operator');
  const [restarting, setRestarting] = useState(false);
  const { application: slug, state } = status;
  const run = useMutation({
    mutationFn: (what: 'start' | 'stop') => post<ProvisioningStatusView>(`/applications/${slug}/${what}`),
    onSuccess: async (answer, what) => {
      queryClient.setQueryData(statusQuery(slug).queryKey, answer);
      notifyDone(what === 'start' ? text.started : text.stopped);
      await queryClient.invalidateQueries({ queryKey: ['applications'] });
    },
  });
  const reasonOf = (what: Parameters<typeof whyNot>[0]) => {
    const reason = whyNot(what, state);
    if (reason !== undefined) return text.cannot[reason];
    return mayRun ? undefined : general.mayNot;
  };
  const base = `/applications/${slug}`;
  const onDemand = reasonOf('onDemand');
  return (
    <>
      <Group gap="xs" role="group" aria-label={text.actions}>
        <ReasonedButton
          reason={reasonOf('start')}
          loading={run.isPending && run.variables === 'start'}
          onClick={() => run.mutate('start')}
        >
          {text.start}
        </ReasonedButton>
        <ReasonedButton
          variant="default"
          reason={reasonOf('stop')}
          loading={run.isPending && run.variables === 'stop'}
          onClick={() => run.mutate('stop')}
        >
          {text.stop}
        </ReasonedButton>
        <ReasonedButton variant="default" reason={reasonOf('restart')} onClick={() => setRestarting(true)}>
          {text.restart}
        </ReasonedButton>
        <Button variant="default" component={Link} to={`${base}/provisioning`}>
          {text.editProvisioning}
        </Button>
        {onDemand === undefined ? (
          <Button variant="default" component={Link} to={`${base}/on-demand`}>
            {text.onDemand}
          </Button>
        ) : (
          <ReasonedButton variant="default" reason={onDemand}>
            {text.onDemand}
          </ReasonedButton>
        )}
      </Group>
      <ProblemNotice error={run.error} />
      <RestartDialog slug={slug} opened={restarting} onClose={() => setRestarting(false)} />
    </>
  );
}
