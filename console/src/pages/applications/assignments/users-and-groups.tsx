import { Alert, Anchor, Button, Group, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { applicationQuery } from '../../../api/queries.ts';
import { may, sessionQuery } from '../../../api/session.ts';
import { EmptyState } from '../../../components/empty-state.tsx';
import { Page } from '../../../components/page.tsx';
import { QueryView } from '../../../components/query-view.tsx';
import { ReasonedButton } from '../../../components/reasoned-button.tsx';
import { useText } from '../../../language/use-text.ts';
import { assignmentsQuery } from '../application-queries.ts';
import { applicationRoute } from '../application-route.tsx';
import { AssignmentTable } from './assignment-table.tsx';

/** Who is assigned to an application. */
export function UsersAndGroups() {
  const { application: slug } = applicationRoute.useParams();
  const { applications, general } = useText();
  const text = applications.assignments;
  const mayAssign = may(useQuery(sessionQuery()).data, 'administrator');
  const application = useQuery(applicationQuery(slug)).data;
  const assignments = useQuery(assignmentsQuery(slug));
  const base = `/applications/${slug}`;
  const add = mayAssign ? (
    <Button component={Link} to={`${base}/users-and-groups/add`}>
      {text.add}
    </Button>
  ) : (
    <ReasonedButton reason={general.mayNot}>{text.add}</ReasonedButton>
  );
  const isEmpty = assignments.data?.assignments.length === 0;
  return (
    <Page title={text.title} description={text.description} {...(isEmpty ? {} : { actions: add })}>
      {application?.settings.scope === 'all' ? (
        <Alert color="gray" variant="light">
          <Group gap="xs">
            <Text size="sm">{text.scopeAll}</Text>
            <Anchor component={Link} to={`${base}/provisioning`} size="sm">
              {text.changeScope}
            </Anchor>
          </Group>
        </Alert>
      ) : null}
      <QueryView query={assignments} rows={6}>
        {(data) =>
          data.assignments.length === 0 ? (
            <EmptyState title={text.empty} advice={text.emptyAdvice} action={add} />
          ) : (
            <Stack gap={4}>
              <AssignmentTable
                slug={slug}
                directory={application?.directory}
                assignments={data.assignments}
                mayRemove={mayAssign}
              />
              <Text size="sm" c="dimmed">
                {general.total(data.assignments.length)}
              </Text>
            </Stack>
          )
        }
      </QueryView>
    </Page>
  );
}
