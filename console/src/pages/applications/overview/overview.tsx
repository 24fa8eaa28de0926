import { Group } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { applicationQuery } from '../../../api/queries.ts';
import { Page } from '../../../components/page.tsx';
import { QueryView } from '../../../components/query-view.tsx';
import { useText } from '../../../language/use-text.ts';
import { useStatus } from '../application-queries.ts';
import { applicationRoute } from '../application-route.tsx';
import { Attention } from './attention.tsx';
import { CycleHistory } from './cycle-history.tsx';
import { CycleStatus } from './cycle-status.tsx';
import { JobBar } from './job-bar.tsx';
import { LinkedCounts } from './linked-counts.tsx';
import { ManageLinks } from './manage-links.tsx';
import { SetupSteps } from './setup-steps.tsx';
import { Statistics } from './statistics.tsx';

/** What an application's provisioning does now, did, and needs. */
export function Overview() {
  const { application: slug } = applicationRoute.useParams();
  const text = useText().applications.job;
  const application = useQuery(applicationQuery(slug)).data;
  const query = useStatus(slug);
  return (
    <Page title={text.overview}>
      <QueryView query={query} rows={10}>
        {(status) => {
          const isNew = status.state === 'notConfigured' || status.state === 'notRun';
          return (
            <>
              <JobBar status={status} />
              {isNew && application !== undefined ? <SetupSteps application={application} /> : null}
              {isNew || application === undefined ? null : <Attention application={application} status={status} />}
              <Group align="stretch" gap="md">
                <CycleStatus status={status} />
                <LinkedCounts status={status} />
              </Group>
              <CycleHistory slug={slug} />
              {application === undefined ? null : <Statistics application={application} status={status} />}
              <ManageLinks slug={slug} />
            </>
          );
        }}
      </QueryView>
    </Page>
  );
}
