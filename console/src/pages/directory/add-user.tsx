import { Button, Group, Stack } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { type Resource, resourcePath } from '../../api/directory.ts';
import { asProblem } from '../../api/problem.ts';
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
import { PersonFields } from './person-fields.tsx';
import { NO_ONE, newUser } from './person-values.ts';
import { addUserRoute } from './routes.tsx';

/** A new user, by hand. */
export function AddUser() {
  const { server } = addUserRoute.useParams();
  const all = useText();
  const text = all.directory;
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  const [values, setValues] = useState(NO_ONE);
  const isAllowed = may(useQuery(sessionQuery()).data, 'administrator');
  const [json, setJson] = useState<string>();
  const [isSaved, setSaved] = useState(false);
  const list = `/identity-servers/${server}/users`;
  const body = json === undefined ? newUser(values) : objectOf(json);
  const add = useMutation({
    mutationFn: () => post<Resource>(resourcePath(server, 'User'), body),
    onSuccess: ({ id }) => {
      setSaved(true);
      notifyDone(text.userAdded);
      void queryClient.invalidateQueries({ queryKey: ['identity-servers', server] });
      void navigate({ to: '/identity-servers/$server/users/$id', params: { server, id }, ignoreBlocker: true });
    },
  });
  const problem = add.error === null ? undefined : asProblem(add.error);
  const isTaken = problem?.view?.scimType === 'uniqueness';
  return (
    <Page title={text.addUser} crumbs={[{ label: all.general.users, to: list }]}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (isAllowed && body !== undefined) add.mutate();
        }}
      >
        <Stack maw={760}>
          <FormOrJson json={json} initial={() => JSON.stringify(newUser(values), null, 2)} onChange={setJson}>
            <Stack>
              <PersonFields
                server={server}
                value={values}
                userNameError={isTaken ? problem && all.fromServer.say(problem.message) : undefined}
                onChange={setValues}
              />
            </Stack>
          </FormOrJson>
          <ProblemNotice error={isTaken && json === undefined ? null : add.error} />
          <Group>
            <ReasonedButton
              reason={isAllowed ? undefined : all.general.mayNot}
              type="submit"
              loading={add.isPending}
              disabled={body === undefined}
            >
              {text.addUser}
            </ReasonedButton>
            <Button variant="default" component={Link} to={list}>
              {all.general.cancel}
            </Button>
          </Group>
        </Stack>
      </form>
      <UnsavedGuard dirty={!isSaved && (values !== NO_ONE || json !== undefined)} />
    </Page>
  );
}
