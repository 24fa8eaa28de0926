import { Button, Checkbox, Group, Input, List, Stack } from '@mantine/core';
import type { AssignmentListView } from '@rollcall/server/contract';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { useId, useState } from 'react';
import { applicationQuery } from '../../../api/queries.ts';
import { post } from '../../../api/request.ts';
import { may, sessionQuery } from '../../../api/session.ts';
import { notifyDone } from '../../../components/notify.ts';
import { Page } from '../../../components/page.tsx';
import { ProblemNotice } from '../../../components/problem-notice.tsx';
import { ReasonedButton } from '../../../components/reasoned-button.tsx';
import { useText } from '../../../language/use-text.ts';
import { applicationRoute } from '../application-route.tsx';
import type { Candidate } from './candidates.ts';
import { ObjectPicker } from './object-picker.tsx';

const MOST = 1000;

/** Users and groups are chosen in a panel, then assigned. */
export function AddAssignment() {
  const { application: slug } = applicationRoute.useParams();
  const { applications, general } = useText();
  const text = applications.assignments;
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  const labelId = useId();
  const mayAssign = may(useQuery(sessionQuery()).data, 'administrator');
  const directory = useQuery(applicationQuery(slug)).data?.directory;
  const [opened, setOpened] = useState(false);
  const [selected, setSelected] = useState<readonly Candidate[]>([]);
  const [nested, setNested] = useState(false);
  const page = `/applications/${slug}/users-and-groups`;
  const groups = selected.filter(({ type }) => type === 'Group').length;
  const assign = useMutation({
    mutationFn: () =>
      post<AssignmentListView>(`/applications/${slug}/assignments`, {
        objects: selected.map(({ type, id }) => `${type.toLowerCase()}:${id}`),
        nested: nested && groups > 0,
      }),
    onSuccess: async ({ assignments }) => {
      await queryClient.invalidateQueries({ queryKey: ['applications', slug] });
      notifyDone(text.assigned(assignments.length));
      void navigate({ to: page });
    },
  });
  return (
    <Page title={text.addTitle} description={text.addDescription} crumbs={[{ label: text.title, to: page }]}>
      <Stack maw={640}>
        <Input.Wrapper label={text.pick} labelElement="div" labelProps={{ id: labelId }}>
          <Button
            id={`${labelId}-button`}
            variant="default"
            fullWidth
            justify="flex-start"
            disabled={directory === undefined}
            aria-labelledby={`${labelId} ${labelId}-button`}
            aria-haspopup="dialog"
            onClick={() => setOpened(true)}
          >
            {selected.length === 0 ? text.noneSelected : text.selectedSome(selected.length - groups, groups)}
          </Button>
        </Input.Wrapper>
        {selected.length === 0 ? null : (
          <List size="sm">
            {selected.map(({ id, label, details }) => (
              <List.Item key={id} className="breakable">
                {label} {details === '' ? '' : `(${details})`}
              </List.Item>
            ))}
          </List>
        )}
        {groups === 0 ? null : (
          <Checkbox
            label={text.nestedChoice}
            description={text.nestedHelp}
            checked={nested}
            onChange={(event) => setNested(event.currentTarget.checked)}
          />
        )}
        <ProblemNotice error={assign.error} />
        <Group>
          <ReasonedButton
            onClick={() => assign.mutate()}
            loading={assign.isPending}
            disabled={selected.length === 0}
            reason={mayAssign ? undefined : general.mayNot}
          >
            {text.assign}
          </ReasonedButton>
          <Button variant="default" component={Link} to={page}>
            {general.cancel}
          </Button>
        </Group>
      </Stack>
      <ObjectPicker
        opened={opened}
        title={text.pick}
        source={{ kind: 'directory', server: directory ?? '', types: ['User', 'Group'] }}
        selected={selected}
        most={MOST}
        onSelect={setSelected}
        onClose={() => setOpened(false)}
      />
    </Page>
  );
}
