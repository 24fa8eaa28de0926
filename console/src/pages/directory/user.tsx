import { Anchor, Button, List, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { type Resource, resourceQuery } from '../../api/directory.ts';
import { may, sessionQuery } from '../../api/session.ts';
import { Confirm } from '../../components/confirm.tsx';
import { JsonView } from '../../components/json-view.tsx';
import { notifyDone } from '../../components/notify.ts';
import { Page } from '../../components/page.tsx';
import { QueryView } from '../../components/query-view.tsx';
import { ReasonedButton } from '../../components/reasoned-button.tsx';
import { StatusBadge } from '../../components/status-badge.tsx';
import { useText } from '../../language/use-text.ts';
import { DeleteResource } from './delete-resource.tsx';
import { EditUser } from './edit-user.tsx';
import { History } from './history.tsx';
import { Links } from './links.tsx';
import { isActive, labelOf, partsAt, textAt } from './read-attribute.ts';
import { userRoute } from './routes.tsx';
import { Section } from './section.tsx';
import { TouchingRequests } from './touching-requests.tsx';
import { useResourceWrite } from './use-resource-write.ts';
import { UserAttributes } from './user-attributes.tsx';

/** A person's page: who they are, where they belong, what happened to them, and where they are provisioned. */
export function User() {
  const { server, id } = userRoute.useParams();
  const all = useText();
  const user = useQuery(resourceQuery(server, 'User', id));
  const crumbs = [{ label: all.general.users, to: `/identity-servers/${server}/users` }];
  if (user.data === undefined) {
    return (
      <Page title={all.general.user} crumbs={crumbs}>
        <QueryView query={user} rows={8}>
          {() => null}
        </QueryView>
      </Page>
    );
  }
  const state = isActive(user.data) ? (
    <StatusBadge tone="good">{all.directory.active}</StatusBadge>
  ) : (
    <StatusBadge tone="quiet">{all.directory.disabled}</StatusBadge>
  );
  return (
    <Page
      title={labelOf(user.data)}
      crumbs={crumbs}
      badge={state}
      actions={<UserActions server={server} user={user.data} />}
    >
      <UserAttributes server={server} user={user.data} />
      <Memberships server={server} user={user.data} />
      <Links server={server} kind="User" id={id} />
      <History server={server} kind="User" id={id} />
      <TouchingRequests server={server} kind="User" id={id} />
      <Section title={all.directory.rawJson}>
        <JsonView text={JSON.stringify(user.data)} label={all.directory.rawJson} />
      </Section>
    </Page>
  );
}

interface Props {
  readonly server: string;
  readonly user: Resource;
}

function UserActions({ server, user }: Props) {
  const all = useText();
  const text = all.directory;
  const [doing, setDoing] = useState<'edit' | 'disable'>();
  const isAllowed = may(useQuery(sessionQuery()).data, 'administrator');
  const enabled = isActive(user);
  const write = useResourceWrite(server, 'User', user.id, () => {
    setDoing(undefined);
    notifyDone(enabled ? text.wasDisabled : text.wasEnabled);
  });
  const setActive = (value: boolean) =>
    write.mutate({ write: { operations: [{ op: 'replace', path: 'active', value }] } });
  return (
    <>
      <ReasonedButton reason={isAllowed ? undefined : all.general.mayNot} onClick={() => setDoing('edit')}>
        {all.general.edit}
      </ReasonedButton>
      <Button
        variant="default"
        disabled={!isAllowed}
        loading={write.isPending}
        onClick={() => (enabled ? setDoing('disable') : setActive(true))}
      >
        {enabled ? text.disable : text.enable}
      </Button>
      <DeleteResource
        server={server}
        kind="User"
        id={user.id}
        name={textAt(user, 'userName') || user.id}
        disabled={!isAllowed}
      />
      {doing === 'edit' ? <EditUser server={server} user={user} onClose={() => setDoing(undefined)} /> : null}
      <Confirm
        opened={doing === 'disable'}
        title={text.disableTitle(labelOf(user))}
        action={text.disable}
        pending={write.isPending}
        error={write.error}
        onConfirm={() => setActive(false)}
        onClose={() => setDoing(undefined)}
      >
        {text.disableWarning}
      </Confirm>
    </>
  );
}

// More than this are counted, and named in the raw JSON alone.
const SHOWN = 200;

function Memberships({ server, user }: Props) {
  const all = useText();
  const groups = partsAt(user, 'groups');
  return (
    <Section title={all.general.groups}>
      {groups.length === 0 ? (
        <Text size="sm">{all.directory.inNoGroup}</Text>
      ) : (
        <List size="sm">
          {groups.slice(0, SHOWN).map((group) => {
            const id = textAt(group, 'value');
            return (
              <List.Item key={`${id} ${textAt(group, 'type')}`} className="breakable">
                <Anchor component={Link} to={`/identity-servers/${server}/groups/${id}`} size="sm" underline="always">
                  {textAt(group, 'display') || id}
                </Anchor>
                {textAt(group, 'type') === 'indirect' ? ` ${all.directory.indirect}` : ''}
              </List.Item>
            );
          })}
        </List>
      )}
      {groups.length > SHOWN ? <Text size="sm">{all.general.total(groups.length)}</Text> : null}
    </Section>
  );
}
