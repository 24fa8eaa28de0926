import { Anchor, List, Modal, Text } from '@mantine/core';
import type { IdentityServerView } from '@rollcall/server/contract';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { statisticsQuery } from '../../api/identity-server-queries.ts';
import { applicationsQuery } from '../../api/queries.ts';
import { remove } from '../../api/request.ts';
import { Confirm } from '../../components/confirm.tsx';
import { notifyDone } from '../../components/notify.ts';
import { useText } from '../../language/use-text.ts';
import { Notice } from './notice.tsx';

interface Props {
  readonly view: IdentityServerView;
  onClose(): void;
}

/** Deletes an identity server for good; says what goes with it, and what stands in the way. */
export function DeleteIdentityServer({ view, onClose }: Props) {
  const { identityServers: all, general } = useText();
  const text = all.settings;
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  const statistics = useQuery(statisticsQuery(view.slug)).data;
  const applications = useQuery(applicationsQuery()).data?.applications ?? [];
  const dependent = applications.filter(({ directory }) => directory === view.slug);
  const deletion = useMutation({
    mutationFn: () => remove(`/identity-servers/${encodeURIComponent(view.slug)}`),
    onSuccess: async () => {
      notifyDone(text.removeStarted(view.name));
      await navigate({ to: '/identity-servers', ignoreBlocker: true });
      queryClient.removeQueries({ queryKey: ['identity-servers', view.slug] });
      void queryClient.invalidateQueries({ queryKey: ['identity-servers'] });
      void queryClient.invalidateQueries({ queryKey: ['overview'] });
    },
  });
  if (dependent.length > 0) {
    return (
      <Modal
        opened
        onClose={onClose}
        title={text.removeTitle(view.name)}
        closeButtonProps={{ 'aria-label': general.close }}
      >
        <Notice>{text.removeApplications(dependent.length)}</Notice>
        <List size="sm" mt="sm">
          {dependent.map(({ slug, name }) => (
            <List.Item key={slug}>
              <Anchor component={Link} to={`/applications/${slug}`} size="sm">
                {name}
              </Anchor>
            </List.Item>
          ))}
        </List>
      </Modal>
    );
  }
  return (
    <Confirm
      opened
      title={text.removeTitle(view.name)}
      action={general.delete}
      typed={view.slug}
      pending={deletion.isPending}
      error={deletion.error}
      onConfirm={() => deletion.mutate()}
      onClose={onClose}
    >
      <Text size="sm">{text.removeGoes}</Text>
      <List size="sm">
        <List.Item>
          {statistics === undefined ? text.removeResources : text.removeUsers(statistics.users, statistics.groups)}
        </List.Item>
        <List.Item>{text.removeTokens}</List.Item>
        <List.Item>{text.removeLog}</List.Item>
      </List>
    </Confirm>
  );
}
