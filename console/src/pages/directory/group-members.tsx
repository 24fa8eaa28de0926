import { Button, CloseButton, Group, Text, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { useNavigate } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import type { Member } from '../../api/directory.ts';
import { Confirm } from '../../components/confirm.tsx';
import { notifyDone } from '../../components/notify.ts';
import { ProblemNotice } from '../../components/problem-notice.tsx';
import { ReasonedButton } from '../../components/reasoned-button.tsx';
import { Tag } from '../../components/tag.tsx';
import { type Column, VirtualTable } from '../../components/virtual-table.tsx';
import type { Catalogue } from '../../language/en/index.ts';
import { useText } from '../../language/use-text.ts';
import { AddMembers } from './add-members.tsx';
import { Section } from './section.tsx';
import { useMemberRows } from './use-member-rows.ts';
import { useResourceWrite } from './use-resource-write.ts';

const memberColumns = (all: Catalogue, onRemove: ((member: Member) => void) | undefined): readonly Column<Member>[] => [
  { name: 'label', title: all.general.name, width: 'minmax(0, 1fr)', cell: ({ label }) => label },
  {
    name: 'type',
    title: all.general.type,
    width: '110px',
    cell: ({ type, exists }) =>
      exists ? (
        <Tag tone="quiet">{type === 'Group' ? all.general.group : all.general.user}</Tag>
      ) : (
        <Tag tone="warning">{all.directory.notThere}</Tag>
      ),
  },
  ...(onRemove === undefined
    ? []
    : [
        {
          name: 'remove',
          title: all.directory.removal,
          width: '72px',
          cell: (member: Member) => (
            <CloseButton
              size="sm"
              aria-label={all.directory.removeMember(member.label)}
              onClick={(event) => {
                // The row itself opens the member.
                event.stopPropagation();
                onRemove(member);
              }}
            />
          ),
        },
      ]),
];

interface Props {
  readonly server: string;
  readonly id: string;
  readonly isAllowed: boolean;
}

/** The members of a group: searched, added, removed, however many there are. */
export function GroupMembers({ server, id, isAllowed }: Props) {
  const all = useText();
  const text = all.directory;
  const navigate = useNavigate();
  const [search, setSearch] = useState('');
  const searchFor = useDebouncedCallback((wanted: string) => setSearch(wanted.trim()), 300);
  const [isAdding, setAdding] = useState(false);
  const [leaving, setLeaving] = useState<Member>();
  const { list, table, total, isOld, refresh } = useMemberRows(server, id, search);
  const columns = useMemo(() => memberColumns(all, isAllowed ? setLeaving : undefined), [all, isAllowed]);
  const write = useResourceWrite(server, 'Group', id, () => {
    setLeaving(undefined);
    notifyDone(text.memberRemoved);
    refresh();
  });
  return (
    <Section title={text.members}>
      <Group gap="xs" align="flex-end" justify="space-between">
        <TextInput
          label={text.searchMembers}
          w={{ base: '100%', xs: 260 }}
          onChange={({ currentTarget }) => searchFor(currentTarget.value)}
        />
        <ReasonedButton reason={isAllowed ? undefined : all.general.mayNot} onClick={() => setAdding(true)}>
          {text.addMembers}
        </ReasonedButton>
      </Group>
      <Group gap="xs" mih={24} role="status">
        <Text size="sm">
          {total === undefined || search !== '' ? ' ' : total === null ? text.manyMembers : text.memberCount(total)}
        </Text>
        {isOld ? (
          <Button size="compact-xs" variant="light" onClick={refresh}>
            {text.changedRefresh}
          </Button>
        ) : null}
      </Group>
      <ProblemNotice error={list.error} retry={() => void list.refetch()} />
      <VirtualTable
        {...table}
        label={text.members}
        columns={columns}
        keyOf={(member) => member.id}
        onOpen={(member) => {
          const kind = member.type === 'Group' ? 'groups' : 'users';
          if (member.exists) void navigate({ to: `/identity-servers/${server}/${kind}/${member.id}` });
        }}
        height={`min(${Math.max(table.length, 3) * 40}px, 60dvh)`}
        empty={list.isError ? null : <Text size="sm">{search === '' ? text.noMembers : text.noMatch}</Text>}
      />
      {isAdding ? <AddMembers server={server} id={id} onAdded={refresh} onClose={() => setAdding(false)} /> : null}
      <Confirm
        opened={leaving !== undefined}
        title={text.removeMember(leaving?.label ?? '')}
        action={all.general.remove}
        pending={write.isPending}
        error={write.error}
        onConfirm={() => {
          const path = `members[value eq ${JSON.stringify(leaving?.id)}]`;
          write.mutate({ write: { operations: [{ op: 'remove', path }] } });
        }}
        onClose={() => setLeaving(undefined)}
      >
        {text.removeMemberWarning}
      </Confirm>
    </Section>
  );
}
