import { ActionIcon, Anchor, Text } from '@mantine/core';
import type { AssignmentView } from '@rollcall/server/contract';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { remove } from '../../../api/request.ts';
import { Confirm } from '../../../components/confirm.tsx';
import { Moment } from '../../../components/moment.tsx';
import { notifyDone } from '../../../components/notify.ts';
import { type Column, VirtualTable } from '../../../components/virtual-table.tsx';
import { useText } from '../../../language/use-text.ts';
import { Bin } from '../bin.tsx';

const ROW = 40;

interface Props {
  readonly slug: string;
  /** Slug of the identity server; undefined while it is not known. */
  readonly directory: string | undefined;
  readonly assignments: readonly AssignmentView[];
  readonly mayRemove: boolean;
}

/** The assignments, each with a way to take it back. */
export function AssignmentTable({ slug, directory, assignments, mayRemove }: Props) {
  const { applications, general } = useText();
  const text = applications.assignments;
  const queryClient = useQueryClient();
  const [leaving, setLeaving] = useState<AssignmentView>();
  const removal = useMutation({
    mutationFn: ({ id }: AssignmentView) => remove(`/applications/${slug}/assignments`, { objects: [id] }),
    onSuccess: async (_, assignment) => {
      await queryClient.invalidateQueries({ queryKey: ['applications', slug] });
      setLeaving(undefined);
      notifyDone(text.removed(nameOf(assignment)));
    },
  });
  const columns: Column<AssignmentView>[] = [
    {
      name: 'name',
      title: general.name,
      width: 'minmax(0, 3fr)',
      cell: (row) => <Name assignment={row} directory={directory} />,
    },
    {
      name: 'type',
      title: general.type,
      width: '110px',
      cell: ({ type }) => (type === 'User' ? general.user : general.group),
    },
    {
      name: 'nested',
      title: text.nested,
      width: '150px',
      wide: true,
      cell: ({ type, nested }) => (type === 'User' ? '' : nested ? general.yes : general.no),
    },
    {
      name: 'since',
      title: text.since,
      width: 'minmax(0, 1fr)',
      wide: true,
      cell: ({ createdAt }) => <Moment date={createdAt} />,
    },
    {
      name: 'remove',
      title: mayRemove ? general.remove : '',
      width: '80px',
      cell: (row) =>
        mayRemove ? (
          <ActionIcon
            variant="subtle"
            color="red"
            aria-label={text.removeOf(nameOf(row))}
            onClick={() => setLeaving(row)}
          >
            <Bin />
          </ActionIcon>
        ) : null,
    },
  ];
  return (
    <>
      <VirtualTable
        label={text.title}
        columns={columns}
        rows={assignments}
        keyOf={({ id }) => id}
        height={`min(${assignments.length * ROW}px, calc(100dvh - 380px))`}
        empty={null}
      />
      <Confirm
        opened={leaving !== undefined}
        title={text.removeTitle}
        action={general.remove}
        pending={removal.isPending}
        error={removal.error}
        onConfirm={() => leaving !== undefined && removal.mutate(leaving)}
        onClose={() => {
          setLeaving(undefined);
          removal.reset();
        }}
      >
        {leaving === undefined ? '' : text.removeText(nameOf(leaving))}
      </Confirm>
    </>
  );
}

const nameOf = ({ label, id }: AssignmentView): string => label ?? id;

function Name({ assignment, directory }: { readonly assignment: AssignmentView } & Pick<Props, 'directory'>) {
  const text = useText().applications.assignments;
  const { type, id, exists } = assignment;
  if (!exists || directory === undefined) {
    return (
      <Text size="sm" span>
        {nameOf(assignment)} {exists ? '' : `(${text.gone})`}
      </Text>
    );
  }
  const page = type === 'User' ? 'users' : 'groups';
  return (
    <Anchor component={Link} to={`/identity-servers/${directory}/${page}/${id}`} size="sm">
      {nameOf(assignment)}
    </Anchor>
  );
}
