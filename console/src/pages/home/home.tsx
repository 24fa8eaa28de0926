import { useQuery } from '@tanstack/react-query';
import { overviewQuery } from '../../api/overview.ts';
import { Page } from '../../components/page.tsx';
import { QueryView } from '../../components/query-view.tsx';
import { useText } from '../../language/use-text.ts';
import { AttentionList } from './attention-list.tsx';
import { BothEnds } from './both-ends.tsx';
import { FirstSteps } from './first-steps.tsx';
import { Requests } from './requests.tsx';

/** What needs somebody now, both ends of provisioning, and the requests over time. */
export function Home() {
  const text = useText().home;
  const overview = useQuery(overviewQuery());
  return (
    <Page title={text.title}>
      <QueryView query={overview} rows={6}>
        {({ attention, identityServers, applications }) =>
          identityServers.length + applications.length === 0 ? (
            <FirstSteps attention={attention} />
          ) : (
            <>
              <AttentionList attention={attention} />
              <BothEnds identityServers={identityServers} applications={applications} />
              <Requests />
            </>
          )
        }
      </QueryView>
    </Page>
  );
}
