import { Drawer, Group, Stack } from '@mantine/core';
import type { ProvisioningRecordView } from '@rollcall/server/contract';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { apiQuery } from '../../../api/queries.ts';
import { post } from '../../../api/request.ts';
import { may, sessionQuery } from '../../../api/session.ts';
import { ProblemNotice } from '../../../components/problem-notice.tsx';
import { QueryView } from '../../../components/query-view.tsx';
import { ReasonedButton } from '../../../components/reasoned-button.tsx';
import { useText } from '../../../language/use-text.ts';
import { RecordDetail } from './record-detail.tsx';

interface Props {
  readonly slug: string;
  /** Position in the log; undefined when none is open. */
  readonly n: number | undefined;
  onClose(): void;
}

/** One entry of the provisioning log beside the list. */
export function LogEntry({ slug, n, onClose }: Props) {
  const all = useText();
  return (
    <Drawer
      opened={n !== undefined}
      onClose={onClose}
      position="right"
      size="xl"
      title={n === undefined ? '' : all.results.entry(n)}
      closeButtonProps={{ 'aria-label': all.general.close }}
    >
      {n === undefined ? null : <Entry key={n} slug={slug} n={n} />}
    </Drawer>
  );
}

function Entry({ slug, n }: { readonly slug: string; readonly n: number }) {
  const entry = useQuery(apiQuery<ProvisioningRecordView>(['applications', slug, 'log', String(n)]));
  return (
    <QueryView query={entry} rows={8}>
      {(record) => (
        <Stack>
          <RetryNow slug={slug} record={record} />
          <RecordDetail slug={slug} record={record} />
        </Stack>
      )}
    </QueryView>
  );
}

/** Provisions the object of an entry at once, and shows what came of it. */
function RetryNow({ slug, record }: { readonly slug: string; readonly record: ProvisioningRecordView }) {
  const all = useText();
  const text = all.results;
  const queryClient = useQueryClient();
  const isAllowed = may(useQuery(sessionQuery()).data, 'operator');
  const retry = useMutation({
    mutationFn: () =>
      post<{ records: ProvisioningRecordView[] }>(`/applications/${slug}/provision`, {
        [record.type === 'User' ? 'user' : 'group']: record.id,
      }),
    onSettled: () => queryClient.invalidateQueries({ queryKey: ['applications', slug] }),
  });
  const done = retry.data?.records ?? [];
  return (
    <Stack gap="sm">
      <Group>
        <ReasonedButton
          size="xs"
          reason={isAllowed ? undefined : all.general.mayNot}
          loading={retry.isPending}
          onClick={() => retry.mutate()}
        >
          {text.retryNow}
        </ReasonedButton>
      </Group>
      <ProblemNotice error={retry.error} />
      {done.map((one) => (
        <RecordDetail
          key={`${one.type} ${one.id} ${one.date} ${one.action}`}
          slug={slug}
          record={one}
          title={text.triedNow}
        />
      ))}
    </Stack>
  );
}
