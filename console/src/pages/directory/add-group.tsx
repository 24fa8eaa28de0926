import { Button, Group, Stack, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { GROUP, type Resource, resourcePath } from '../../api/directory.ts';
import { post } from '../../api/request.ts';
import { may, sessionQuery } from '../../api/session.ts';
import { notifyDone } from '../../components/notify.ts';
import { Page } from '../../components/page.tsx';
import { ProblemNotice } from '../../components/problem-notice.tsx';
import { ReasonedButton } from '../../components/reasoned-button.tsx';
import { UnsavedGuard } from '../../components/unsaved.tsx';
import { useText } from '../../language/use-text.ts';
import { FormOrJson } from './form-or-json.tsx';
import { objectOf } from './json-field.tsx';
import { addGroupRoute } from './routes.tsx';

/** A new group, by hand; its members are added on its page. */
export function AddGroup() {
  const { server } = addGroupRoute.useParams();
  const all = useText();
  const text = all.directory;
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  const [displayName, setDisplayName] = useState('');
  const isAllowed = may(useQuery(sessionQuery()).data, 'administrator');
  const [json, setJson] = useState<string>();
  const [isSaved, setSaved] = useState(false);
  const list = `/identity-servers/${server}/groups`;
  const formBody = { schemas: [GROUP], displayName: displayName.trim() };
  const body = json === undefined ? formBody : objectOf(json);
  const add = useMutation({
    mutationFn: () => post<Resource>(resourcePath(server, 'Group'), body),
    onSuccess: ({ id }) => {
      setSaved(true);
      notifyDone(text.groupAdded);
      void queryClient.invalidateQueries({ queryKey: ['identity-servers', server] });
      void navigate({ to: '/identity-servers/$server/groups/$id', params: { server, id }, ignoreBlocker: true });
    },
  });
  return (
    <Page title={text.addGroup} crumbs={[{ label: all.general.groups, to: list }]}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (isAllowed && body !== undefined) add.mutate();
        }}
      >
        <Stack maw={760}>
          <FormOrJson json={json} initial={() => JSON.stringify(formBody, null, 2)} onChange={setJson}>
            <TextInput
              label={text.groupName}
              required
              autoComplete="off"
              value={displayName}
              onChange={({ currentTarget }) => setDisplayName(currentTarget.value)}
            />
          </FormOrJson>
          <ProblemNotice error={add.error} />
          <Group>
            <ReasonedButton
              reason={isAllowed ? undefined : all.general.mayNot}
              type="submit"
              loading={add.isPending}
              disabled={body === undefined}
            >
              {text.addGroup}
            </ReasonedButton>
            <Button variant="default" component={Link} to={list}>
              {all.general.cancel}
            </Button>
          </Group>
        </Stack>
      </form>
      <UnsavedGuard dirty={!isSaved && (displayName !== '' || json !== undefined)} />
    </Page>
  );
}
