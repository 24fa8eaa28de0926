import { TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { type Resource, resourceQuery } from '../../api/directory.ts';
import { may, sessionQuery } from '../../api/session.ts';
import { FormDialog } from '../../components/form-dialog.tsx';
import { JsonView } from '../../components/json-view.tsx';
import { Moment } from '../../components/moment.tsx';
import { notifyDone } from '../../components/notify.ts';
import { Page } from '../../components/page.tsx';
import { QueryView } from '../../components/query-view.tsx';
import { ReasonedButton } from '../../components/reasoned-button.tsx';
import { useText } from '../../language/use-text.ts';
import { AttributeList } from './attribute-list.tsx';
import { DeleteResource } from './delete-resource.tsx';
import { GroupMembers } from './group-members.tsx';
import { History } from './history.tsx';
import { Links } from './links.tsx';
import { labelOf, textAt } from './read-attribute.ts';
import { groupRoute } from './routes.tsx';
import { Section } from './section.tsx';
import { TouchingRequests } from './touching-requests.tsx';
import { useResourceWrite } from './use-resource-write.ts';

/** A group's page. Its members are paged on their own: there may be very many. */
export function Group() {
  const { server, id } = groupRoute.useParams();
  const all = useText();
  const text = all.directory;
  const group = useQuery(resourceQuery(server, 'Group', id));
  const isAllowed = may(useQuery(sessionQuery()).data, 'administrator');
  const crumbs = [{ label: all.general.groups, to: `/identity-servers/${server}/groups` }];
  if (group.data === undefined) {
    return (
      <Page title={all.general.group} crumbs={crumbs}>
        <QueryView query={group} rows={8}>
          {() => null}
        </QueryView>
      </Page>
    );
  }
  const name = labelOf(group.data);
  return (
    <Page
      title={name}
      crumbs={crumbs}
      actions={
        <>
          <Rename server={server} group={group.data} disabled={!isAllowed} />
          <DeleteResource server={server} kind="Group" id={id} name={name} disabled={!isAllowed} />
        </>
      }
    >
      <GroupMembers server={server} id={id} isAllowed={isAllowed} />
      <Section title={text.identity}>
        <AttributeList
          attributes={[
            { label: text.groupName, value: textAt(group.data, 'displayName') },
            { label: text.externalId, value: textAt(group.data, 'externalId') },
            { label: text.id, value: id },
            { label: text.created, value: <Moment date={textAt(group.data, 'meta', 'created') || null} /> },
            { label: text.changed, value: <Moment date={textAt(group.data, 'meta', 'lastModified') || null} /> },
          ]}
        />
      </Section>
      <Links server={server} kind="Group" id={id} />
      <History server={server} kind="Group" id={id} />
      <TouchingRequests server={server} kind="Group" id={id} />
      <Section title={text.rawJson}>
        <JsonView text={JSON.stringify(group.data)} label={text.rawJson} />
      </Section>
    </Page>
  );
}

interface Props {
  readonly server: string;
  readonly group: Resource;
  readonly disabled: boolean;
}

function Rename({ server, group, disabled }: Props) {
  const all = useText();
  const text = all.directory;
  const [name, setName] = useState<string>();
  const write = useResourceWrite(server, 'Group', group.id, () => {
    setName(undefined);
    notifyDone(all.general.saved);
  });
  return (
    <>
      <ReasonedButton
        reason={disabled ? all.general.mayNot : undefined}
        variant="default"
        onClick={() => setName(textAt(group, 'displayName'))}
      >
        {text.rename}
      </ReasonedButton>
      <FormDialog
        opened={name !== undefined}
        title={text.rename}
        action={all.general.save}
        isPending={write.isPending}
        error={write.error}
        onSubmit={() =>
          write.mutate({ write: { operations: [{ op: 'replace', path: 'displayName', value: name?.trim() }] } })
        }
        onClose={() => setName(undefined)}
      >
        <TextInput
          label={text.groupName}
          required
          value={name ?? ''}
          onChange={({ currentTarget }) => setName(currentTarget.value)}
          data-autofocus
        />
      </FormDialog>
    </>
  );
}
