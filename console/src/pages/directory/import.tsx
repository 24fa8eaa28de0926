import { Button, Checkbox, Group, NumberInput, Radio, SimpleGrid, Stack, Text } from '@mantine/core';
import type { ImportReport, ImportRequest } from '@rollcall/server/contract';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { post } from '../../api/request.ts';
import { may, sessionQuery } from '../../api/session.ts';
import { notifyDone } from '../../components/notify.ts';
import { Page } from '../../components/page.tsx';
import { ProblemNotice } from '../../components/problem-notice.tsx';
import { ReasonedButton } from '../../components/reasoned-button.tsx';
import { useText } from '../../language/use-text.ts';
import { FileField } from './file-field.tsx';
import { ImportColumns } from './import-columns.tsx';
import { readImportFile, SAMPLES, UnknownEncoding } from './import-files.ts';
import { ImportReportView } from './import-report-view.tsx';
import { importRoute } from './routes.tsx';
import { Section } from './section.tsx';

const MISSING = ['leave', 'disable', 'delete'] as const;
type Missing = (typeof MISSING)[number];

interface Wish {
  readonly people: File | null;
  readonly groups: File | null;
  readonly missing: Missing;
  /** How many may go whatever the guard thinks; undefined leaves it to the guard. */
  readonly allowRemovals: number | undefined;
}

/** Feeds a directory from files: what it would change comes first, then the import itself. */
export function Import() {
  const { server } = importRoute.useParams();
  const all = useText();
  const text = all.directory;
  const queryClient = useQueryClient();
  const [wish, setWish] = useState<Wish>({ people: null, groups: null, missing: 'leave', allowRemovals: undefined });
  const isAllowed = may(useQuery(sessionQuery()).data, 'administrator');
  const base = `/identity-servers/${server}`;
  const run = useMutation({
    mutationFn: async (dryRun: boolean) => {
      const body = await requestOf(wish, dryRun);
      return post<ImportReport>(`/identity-servers/${encodeURIComponent(server)}/import`, body);
    },
    onSuccess: (report) => {
      if (report.dryRun) return;
      if (report.blocked.length === 0) notifyDone(text.imported);
      void queryClient.invalidateQueries({ queryKey: ['identity-servers', server] });
      void queryClient.invalidateQueries({ queryKey: ['directory', server] });
    },
  });
  // What was shown belongs to what was chosen then.
  const change = (next: Partial<Wish>) => {
    setWish({ ...wish, ...next });
    run.reset();
  };
  const { data: report, isPending, variables: isDryRun } = run;
  const isShown = report !== undefined;
  const isBlocked = isShown && report.blocked.length > 0;
  const isDone = isShown && !report.dryRun && !isBlocked;
  return (
    <Page
      title={text.importTitle}
      description={text.importDescription}
      crumbs={[{ label: all.general.users, to: `${base}/users` }]}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          run.mutate(true);
        }}
      >
        <Stack>
          <SimpleGrid cols={{ base: 1, md: 2 }}>
            <FileField
              label={text.peopleFile}
              description={text.fileKinds}
              sample={SAMPLES.people}
              required
              value={wish.people}
              onChange={(people) => change({ people })}
            />
            <FileField
              label={text.groupsFile}
              description={text.groupsFileHelp}
              sample={SAMPLES.groups}
              value={wish.groups}
              onChange={(groups) => change({ groups })}
            />
          </SimpleGrid>
          <Radio.Group
            label={text.missing}
            description={text.missingHelp}
            value={wish.missing}
            onChange={(value) => change({ missing: MISSING.find((one) => one === value) ?? 'leave' })}
          >
            <Stack gap="xs" mt="xs">
              {MISSING.map((one) => (
                <Radio key={one} value={one} label={text.missingChoice[one]} />
              ))}
            </Stack>
          </Radio.Group>
          {isBlocked || wish.allowRemovals !== undefined ? (
            <Stack gap="xs">
              <Checkbox
                label={text.allowRemovals}
                description={text.allowRemovalsHelp}
                checked={wish.allowRemovals !== undefined}
                onChange={({ currentTarget }) =>
                  change({ allowRemovals: currentTarget.checked ? removalsOf(report) : undefined })
                }
              />
              {wish.allowRemovals === undefined ? null : (
                <NumberInput
                  label={text.allowRemovalsCount}
                  w={220}
                  min={0}
                  allowDecimal={false}
                  value={wish.allowRemovals}
                  onChange={(value) => change({ allowRemovals: typeof value === 'number' ? value : 0 })}
                />
              )}
            </Stack>
          ) : null}
          <Group>
            <ReasonedButton
              reason={isAllowed ? undefined : all.general.mayNot}
              type="submit"
              {...(isShown ? { variant: 'default' } : {})}
              disabled={wish.people === null}
              loading={isPending && isDryRun === true}
            >
              {text.showChanges}
            </ReasonedButton>
            {isShown && report.dryRun ? (
              <Button disabled={isBlocked} loading={isPending && isDryRun === false} onClick={() => run.mutate(false)}>
                {text.import}
              </Button>
            ) : null}
            {isDone ? (
              <Button component={Link} to={`${base}/users`}>
                {text.toUsers}
              </Button>
            ) : null}
          </Group>
          <Text size="sm" role="status">
            {isPending ? (isDryRun === true ? text.looking : text.importing) : ''}
          </Text>
        </Stack>
      </form>
      <ProblemNotice
        error={run.error instanceof UnknownEncoding ? new Error(text.unknownEncoding(run.error.message)) : run.error}
      />
      {report === undefined ? (
        <Section title={text.columns}>
          <ImportColumns />
        </Section>
      ) : (
        <ImportReportView report={report} />
      )}
    </Page>
  );
}

/** The number that lets everything go that the report names. */
function removalsOf(report: ImportReport | undefined): number {
  if (report === undefined) return 0;
  return Math.max(report.users.disabled + report.users.deleted, report.memberships.removed);
}

async function requestOf({ people, groups, missing, allowRemovals }: Wish, dryRun: boolean): Promise<ImportRequest> {
  if (people === null) throw new Error('There is no people file');
  return {
    people: await readImportFile(people),
    ...(groups === null ? {} : { groups: await readImportFile(groups) }),
    missing,
    dryRun,
    ...(allowRemovals === undefined ? {} : { allowRemovals }),
  };
}
