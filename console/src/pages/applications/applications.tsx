import { Button, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { applicationsQuery } from '../../api/queries.ts';
import { may, sessionQuery } from '../../api/session.ts';
import { EmptyState } from '../../components/empty-state.tsx';
import { Page } from '../../components/page.tsx';
import { ProblemNotice } from '../../components/problem-notice.tsx';
import { QueryView } from '../../components/query-view.tsx';
import { useText } from '../../language/use-text.ts';
import { healthQuery } from './application-queries.ts';
import { ApplicationTable } from './application-table.tsx';

/** Every application, and how it stands. */
export function Applications() {
  const { applications: text, general } = useText();
  const session = useQuery(sessionQuery()).data;
  const list = useQuery(applicationsQuery());
  const health = useQuery({ ...healthQuery(), refetchInterval: 10_000 });
  const isEmpty = list.data?.applications.length === 0;
  const add = may(session, 'administrator') ? (
    <Button component={Link} to="/applications/new">
      {general.add}
    </Button>
  ) : null;
  return (
    <Page title={text.title} description={text.description} {...(isEmpty ? {} : { actions: add })}>
      <ProblemNotice error={health.error} retry={() => void health.refetch()} />
      <QueryView query={list} rows={5}>
        {({ applications }) =>
          applications.length === 0 ? (
            <EmptyState title={text.empty} advice={text.emptyAdvice} action={add ?? <Text>{general.mayNot}</Text>} />
          ) : (
            <ApplicationTable applications={applications} health={health.data?.applications} />
          )
        }
      </QueryView>
    </Page>
  );
}
