import { Button, Group, Stack } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';
import { type Resource, type ResourceKind, resourcePath } from '../../api/directory.ts';
import type { ApiProblem } from '../../api/problem.ts';
import { post } from '../../api/request.ts';
import { may, sessionQuery } from '../../api/session.ts';
import { notifyDone } from '../../components/notify.ts';
import { Page } from '../../components/page.tsx';
import { ProblemNotice } from '../../components/problem-notice.tsx';
import { ReasonedButton } from '../../components/reasoned-button.tsx';
import { UnsavedGuard } from '../../components/unsaved.tsx';
import { useProblem } from '../../language/use-problem.ts';
import { useText } from '../../language/use-text.ts';
import { FormOrJson } from './form-or-json.tsx';
import { objectOf } from './json-field.tsx';

interface Props {
  readonly server: string;
  readonly kind: ResourceKind;
  /** What the fields make, when the JSON is not written by hand. */
  readonly body: object;
  readonly isChanged: boolean;
  /** Whether a problem is said beside a field. */
  isAtField?(problem: ApiProblem): boolean;
  /** The fields. */
  children(problem: ApiProblem | undefined): ReactNode;
}

/** A new user or group, by fields or as JSON; afterwards its own page opens. */
export function AddResource({ server, kind, body: fieldsBody, isChanged, isAtField, children }: Props) {
  const all = useText();
  const text = all.directory;
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  const isAllowed = may(useQuery(sessionQuery()).data, 'administrator');
  const [json, setJson] = useState<string>();
  const [isSaved, setSaved] = useState(false);
  const isUser = kind === 'User';
  const list = `/identity-servers/${server}/${isUser ? 'users' : 'groups'}`;
  const title = isUser ? text.addUser : text.addGroup;
  const body = json === undefined ? fieldsBody : objectOf(json);
  const add = useMutation({
    mutationFn: () => post<Resource>(resourcePath(server, kind), body),
    onSuccess: ({ id }) => {
      setSaved(true);
      notifyDone(isUser ? text.userAdded : text.groupAdded);
      void queryClient.invalidateQueries({ queryKey: ['identity-servers', server] });
      void navigate({ to: `${list}/${id}`, ignoreBlocker: true });
    },
  });
  const problem = useProblem(add.error);
  const isSaid = json === undefined && problem !== undefined && isAtField?.(problem) === true;
  return (
    <Page title={title} crumbs={[{ label: isUser ? all.general.users : all.general.groups, to: list }]}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (isAllowed && body !== undefined) add.mutate();
        }}
      >
        <Stack maw={760}>
          <FormOrJson json={json} initial={() => JSON.stringify(fieldsBody, null, 2)} onChange={setJson}>
            <Stack>{children(problem)}</Stack>
          </FormOrJson>
          <ProblemNotice error={isSaid ? null : add.error} />
          <Group>
            <ReasonedButton
              reason={isAllowed ? undefined : all.general.mayNot}
              type="submit"
              loading={add.isPending}
              disabled={body === undefined}
            >
              {title}
            </ReasonedButton>
            <Button variant="default" component={Link} to={list}>
              {all.general.cancel}
            </Button>
          </Group>
        </Stack>
      </form>
      <UnsavedGuard dirty={!isSaved && (isChanged || json !== undefined)} />
    </Page>
  );
}
