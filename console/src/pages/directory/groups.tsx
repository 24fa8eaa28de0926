import { useNavigate } from '@tanstack/react-router';
import { useMemo } from 'react';
import type { Resource } from '../../api/directory.ts';
import { EmptyState } from '../../components/empty-state.tsx';
import { Page } from '../../components/page.tsx';
import { RowTime } from '../../components/row-time.tsx';
import type { Column } from '../../components/virtual-table.tsx';
import type { Catalogue } from '../../language/en/index.ts';
import { useText } from '../../language/use-text.ts';
import { ListActions } from './list-actions.tsx';
import { textAt } from './read-attribute.ts';
import { ResourceList } from './resource-list.tsx';
import { groupsRoute } from './routes.tsx';

const groupColumns = (text: Catalogue['directory']): readonly Column<Resource>[] => [
  {
    name: 'displayName',
    title: text.groupName,
    width: 'minmax(0, 3fr)',
    cell: (group) => textAt(group, 'displayName'),
  },
  {
    name: 'externalId',
    title: text.externalId,
    width: 'minmax(0, 2fr)',
    wide: true,
    cell: (group) => textAt(group, 'externalId'),
  },
  {
    name: 'changed',
    title: text.changed,
    width: '150px',
    cell: (group) => <RowTime date={textAt(group, 'meta', 'lastModified') || null} />,
  },
];

/** The groups of an identity server. */
export function Groups() {
  const { server } = groupsRoute.useParams();
  const search = groupsRoute.useSearch();
  const navigate = useNavigate();
  const all = useText();
  const text = all.directory;
  const columns = useMemo(() => groupColumns(text), [text]);
  const actions = <ListActions server={server} to="groups" label={text.addGroup} />;
  return (
    <Page title={all.general.groups} actions={actions}>
      <ResourceList
        server={server}
        kind="Group"
        label={all.general.groups}
        columns={columns}
        attributes="displayName,externalId,meta.lastModified"
        search={search}
        empty={<EmptyState title={text.noGroups} advice={text.noGroupsAdvice} />}
        onSearch={(next) => void navigate({ to: groupsRoute.to, params: { server }, search: next, replace: true })}
        onOpen={({ id }) => void navigate({ to: '/identity-servers/$server/groups/$id', params: { server, id } })}
      />
    </Page>
  );
}
