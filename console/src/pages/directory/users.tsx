import { useNavigate } from '@tanstack/react-router';
import { useMemo } from 'react';
import { EmptyState } from '../../components/empty-state.tsx';
import { Page } from '../../components/page.tsx';
import { useText } from '../../language/use-text.ts';
import { ListActions } from './list-actions.tsx';
import { ResourceList } from './resource-list.tsx';
import { usersRoute } from './routes.tsx';
import { USER_ATTRIBUTES, userColumns } from './user-columns.tsx';

/** The users of an identity server. */
export function Users() {
  const { server } = usersRoute.useParams();
  const search = usersRoute.useSearch();
  const navigate = useNavigate();
  const all = useText();
  const text = all.directory;
  const columns = useMemo(() => userColumns(text), [text]);
  const actions = <ListActions server={server} to="users" label={text.addUser} />;
  return (
    <Page title={all.general.users} actions={actions}>
      <ResourceList
        server={server}
        kind="User"
        label={all.general.users}
        columns={columns}
        attributes={USER_ATTRIBUTES}
        search={search}
        empty={<EmptyState title={text.noUsers} advice={text.noUsersAdvice} />}
        onSearch={(next) => void navigate({ to: usersRoute.to, params: { server }, search: next, replace: true })}
        onOpen={({ id }) => void navigate({ to: '/identity-servers/$server/users/$id', params: { server, id } })}
      />
    </Page>
  );
}
