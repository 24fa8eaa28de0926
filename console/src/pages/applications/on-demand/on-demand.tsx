import { Button, Group, Paper, Radio, Stack, Text, Title } from '@mantine/core';
import type { ProvisioningRecordView } from '@rollcall/server/contract';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import type { ResourceKind } from '../../../api/directory.ts';
import { applicationQuery } from '../../../api/queries.ts';
import { post } from '../../../api/request.ts';
import { may, sessionQuery } from '../../../api/session.ts';
import { Page } from '../../../components/page.tsx';
import { ProblemNotice } from '../../../components/problem-notice.tsx';
import { ReasonedButton } from '../../../components/reasoned-button.tsx';
import { useText } from '../../../language/use-text.ts';
import { RecordDetail } from '../../results/log/record-detail.tsx';
import { applicationRoute } from '../application-route.tsx';
import type { Candidate } from '../assignments/candidates.ts';
import { onDemandRoute } from './on-demand-route.tsx';
import { PickField } from './pick-field.tsx';

const MOST_MEMBERS = 50;

/** One user, or a group with some members, provisioned now and shown step by step. */
export function OnDemand() {
  const { application: slug } = applicationRoute.useParams();
  const chosen = onDemandRoute.useSearch();
  const navigate = onDemandRoute.useNavigate();
  const { applications, general } = useText();
  const text = applications.job;
  const queryClient = useQueryClient();
  const mayRun = may(useQuery(sessionQuery()).data, 'operator');
  const application = useQuery(applicationQuery(slug)).data;
  const [type, setType] = useState<ResourceKind>(chosen.group === undefined ? 'User' : 'Group');
  const [members, setMembers] = useState<readonly Candidate[]>([]);
  const id = type === 'User' ? chosen.user : chosen.group;
  const provision = useMutation({
    mutationFn: () =>
      post<{ readonly records: readonly ProvisioningRecordView[] }>(
        `/applications/${slug}/provision`,
        type === 'User' ? { user: id } : { group: id, members: members.map((member) => member.id) },
      ),
    onSettled: () => queryClient.invalidateQueries({ queryKey: ['applications', slug] }),
  });
  const choose = (next: ResourceKind, one: Candidate | undefined) => {
    setMembers([]);
    provision.reset();
    void navigate({
      search: one === undefined ? {} : next === 'User' ? { user: one.id } : { group: one.id },
      replace: true,
    });
  };
  const directory = application?.directory;
  const reason = application?.connection === null ? text.cannot.notConfigured : mayRun ? undefined : general.mayNot;
  return (
    <Page title={text.onDemandTitle} description={text.onDemandText}>
      <Paper withBorder p="md" maw={720}>
        <Stack>
          <Radio.Group
            label={text.what}
            value={type}
            onChange={(value) => {
              const next = value === 'Group' ? 'Group' : 'User';
              setType(next);
              choose(next, undefined);
            }}
          >
            <Group mt="xs">
              <Radio value="User" label={general.user} />
              <Radio value="Group" label={general.group} />
            </Group>
          </Radio.Group>
          {directory === undefined ? null : (
            <PickField
              key={type}
              label={type === 'User' ? text.chooseUser : text.chooseGroup}
              source={{ kind: 'directory', server: directory, types: [type] }}
              picked={id === undefined ? undefined : { type, id }}
              onPick={(one) => choose(type, one[0])}
            />
          )}
          {type === 'User' || id === undefined || directory === undefined ? null : (
            <PickField
              label={text.chooseMembers}
              description={text.membersHelp}
              source={{ kind: 'members', server: directory, group: id }}
              selected={members}
              most={MOST_MEMBERS}
              onPick={(some) => {
                setMembers(some);
                provision.reset();
              }}
            />
          )}
          {reason === undefined ? (
            <Button
              w="fit-content"
              disabled={id === undefined}
              loading={provision.isPending}
              onClick={() => provision.mutate()}
            >
              {provision.data === undefined ? text.provision : text.again}
            </Button>
          ) : (
            <ReasonedButton w="fit-content" reason={reason}>
              {text.provision}
            </ReasonedButton>
          )}
        </Stack>
      </Paper>
      <ProblemNotice error={provision.error} />
      {provision.data === undefined ? null : <Result slug={slug} records={provision.data.records} />}
    </Page>
  );
}

interface ResultProps {
  readonly slug: string;
  readonly records: readonly ProvisioningRecordView[];
}

function Result({ slug, records }: ResultProps) {
  const text = useText().applications.job;
  const heading = useRef<HTMLHeadingElement>(null);
  // The result is what was waited for: keyboard and screen reader go on there.
  useEffect(() => heading.current?.focus(), []);
  return (
    <Stack gap="md">
      <Title order={2} size="h4" ref={heading} tabIndex={-1}>
        {text.provisioned}
      </Title>
      {records.length === 0 ? <Text>{text.nothingDone}</Text> : null}
      {records.map((record) => (
        <Paper key={`${record.type} ${record.id}`} withBorder p="md" component="section" aria-label={record.label}>
          <RecordDetail slug={slug} record={record} />
        </Paper>
      ))}
    </Stack>
  );
}
