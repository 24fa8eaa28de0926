import { Button, Group, Paper, Stack, Switch, TextInput } from '@mantine/core';
import type { IdentityServerView, NewIdentityServer as NewIdentityServerRequest } from '@rollcall/server/contract';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { identityServersQuery } from '../../api/queries.ts';
import { post } from '../../api/request.ts';
import { notifyDone } from '../../components/notify.ts';
import { Page } from '../../components/page.tsx';
import { ProblemNotice } from '../../components/problem-notice.tsx';
import { UnsavedGuard } from '../../components/unsaved.tsx';
import { useProblem } from '../../language/use-problem.ts';
import { useText } from '../../language/use-text.ts';
import { Compatibility } from './compatibility.tsx';
import { SecurityMethod } from './security-method.tsx';
import { suggestSlug } from './suggest-slug.ts';
import { useMay } from './use-may.ts';

/** One form that makes an identity server; what to paste where comes on the next page. */
export function NewIdentityServer() {
  const { identityServers: text, general } = useText();
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  const mayAdd = useMay('administrator');
  const [name, setName] = useState('');
  const [ownSlug, setOwnSlug] = useState<string>();
  const [active, setActive] = useState(true);
  const [isDefault, setDefault] = useState(false);
  const [security, setSecurity] = useState<IdentityServerView['security']>('bearer');
  const [compatibility, setCompatibility] = useState<IdentityServerView['compatibility']>('tolerant');
  const servers = useQuery(identityServersQuery()).data?.identityServers ?? [];
  const suggested =
    name.trim() === '' ? '' : suggestSlug(name, (slug) => servers.some((server) => server.slug === slug));
  const add = useMutation({
    mutationFn: () => {
      const slug = ownSlug === undefined || ownSlug === '' ? {} : { slug: ownSlug };
      const body: NewIdentityServerRequest = { name, ...slug, active, default: isDefault, security, compatibility };
      return post<IdentityServerView>('/identity-servers', body);
    },
    onSuccess: (added) => {
      void queryClient.invalidateQueries({ queryKey: ['identity-servers'] });
      void queryClient.invalidateQueries({ queryKey: ['overview'] });
      notifyDone(text.add.added(added.name));
      void navigate({ to: `/identity-servers/${added.slug}/connect`, ignoreBlocker: true });
    },
  });
  const problem = useProblem(add.error);
  const wrong = (field: string) => problem?.of(field);
  return (
    <Page
      title={text.add.title}
      description={mayAdd ? text.add.description : general.mayNot}
      crumbs={[{ label: text.title, to: '/identity-servers' }]}
    >
      <UnsavedGuard dirty={name !== '' && !add.isSuccess} />
      <Paper withBorder p="md" maw={720}>
        <form
          onSubmit={(event) => {
            event.preventDefault();
            add.mutate();
          }}
        >
          <Stack>
            <TextInput
              label={general.name}
              description={text.add.nameDescription}
              required
              maxLength={200}
              value={name}
              error={wrong('name')}
              onChange={(event) => setName(event.currentTarget.value)}
            />
            <TextInput
              label={text.add.slug}
              description={text.add.slugDescription}
              maxLength={63}
              value={ownSlug ?? suggested}
              error={wrong('slug')}
              onChange={(event) => setOwnSlug(event.currentTarget.value)}
            />
            <Switch
              label={text.active}
              description={text.add.activeDescription}
              checked={active}
              onChange={(event) => setActive(event.currentTarget.checked)}
            />
            <Switch
              label={text.add.default}
              description={text.add.defaultDescription}
              checked={isDefault}
              onChange={(event) => setDefault(event.currentTarget.checked)}
            />
            <SecurityMethod value={security} error={wrong('security')} onChange={setSecurity} />
            <Compatibility value={compatibility} onChange={setCompatibility} />
            <ProblemNotice error={add.error} />
            <Group justify="flex-end">
              <Button variant="default" component={Link} to="/identity-servers">
                {general.cancel}
              </Button>
              <Button type="submit" loading={add.isPending} disabled={!mayAdd}>
                {general.save}
              </Button>
            </Group>
          </Stack>
        </form>
      </Paper>
    </Page>
  );
}
