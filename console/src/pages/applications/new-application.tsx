import { Button, Group, NativeSelect, Stack, TextInput } from '@mantine/core';
import type { ApplicationView } from '@rollcall/server/contract';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { identityServersQuery } from '../../api/queries.ts';
import { post } from '../../api/request.ts';
import { may, sessionQuery } from '../../api/session.ts';
import { EmptyState } from '../../components/empty-state.tsx';
import { notifyDone } from '../../components/notify.ts';
import { Page } from '../../components/page.tsx';
import { ProblemNotice } from '../../components/problem-notice.tsx';
import { QueryView } from '../../components/query-view.tsx';
import { ReasonedButton } from '../../components/reasoned-button.tsx';
import { useProblem } from '../../language/use-problem.ts';
import { useText } from '../../language/use-text.ts';

/** A new application: its name and its directory. Everything else is asked on its page Provisioning. */
export function NewApplication() {
  const { applications: text } = useText();
  const servers = useQuery(identityServersQuery());
  return (
    <Page title={text.addTitle} description={text.addDescription} crumbs={[{ label: text.title, to: '/applications' }]}>
      <QueryView query={servers} rows={2}>
        {({ identityServers }) => {
          const directories = identityServers.filter(({ removing }) => !removing);
          return directories.length === 0 ? (
            <EmptyState
              title={text.noDirectory}
              advice={text.noDirectoryAdvice}
              action={
                <Button component={Link} to="/identity-servers">
                  {text.toIdentityServers}
                </Button>
              }
            />
          ) : (
            <NewApplicationForm
              directories={directories.map(({ slug, name }) => ({ value: slug, label: name }))}
              first={(directories.find((server) => server.default) ?? directories[0])?.slug ?? ''}
            />
          );
        }}
      </QueryView>
    </Page>
  );
}

interface Props {
  readonly directories: readonly { readonly value: string; readonly label: string }[];
  readonly first: string;
}

function NewApplicationForm({ directories, first }: Props) {
  const { applications: text, general } = useText();
  const queryClient = useQueryClient();
  const navigate = useNavigate();
  const mayAdd = may(useQuery(sessionQuery()).data, 'administrator');
  const [name, setName] = useState('');
  const [directory, setDirectory] = useState(first);
  const add = useMutation({
    mutationFn: () => post<ApplicationView>('/applications', { name, directory }),
    onSuccess: async ({ slug, name: added }) => {
      await queryClient.invalidateQueries({ queryKey: ['applications'] });
      notifyDone(text.created(added));
      void navigate({ to: `/applications/${slug}/provisioning` });
    },
  });
  const problem = useProblem(add.error);
  const isAtField = problem?.of('name') !== undefined || problem?.of('directory') !== undefined;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        add.mutate();
      }}
    >
      <Stack maw={480}>
        <TextInput
          label={text.nameQuestion}
          required
          maxLength={200}
          autoComplete="off"
          data-autofocus
          value={name}
          error={problem?.of('name')}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <NativeSelect
          label={text.directory}
          description={text.directoryHelp}
          data={[...directories]}
          value={directory}
          error={problem?.of('directory')}
          onChange={(event) => setDirectory(event.currentTarget.value)}
        />
        {isAtField ? null : <ProblemNotice error={add.error} />}
        <Group>
          <ReasonedButton type="submit" loading={add.isPending} reason={mayAdd ? undefined : general.mayNot}>
            {text.create}
          </ReasonedButton>
          <Button variant="default" component={Link} to="/applications">
            {general.cancel}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
