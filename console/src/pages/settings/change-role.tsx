import type { AdministratorView } from '@rollcall/server/contract';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { patch } from '../../api/request.ts';
import { FormDialog } from '../../components/form-dialog.tsx';
import { notifyDone } from '../../components/notify.ts';
import { useText } from '../../language/use-text.ts';
import { RoleField } from './role-field.tsx';

interface Props {
  readonly person: AdministratorView;
  readonly opened: boolean;
  onClose(): void;
}

/** Another role for somebody; it counts from their next click on. */
export function ChangeRole({ person, opened, onClose }: Props) {
  const { settings: all, general } = useText();
  const text = all.people;
  const queryClient = useQueryClient();
  const [role, setRole] = useState(person.role);
  const change = useMutation({
    mutationFn: () => patch(`/administrators/${person.id}`, { role }),
    onSuccess: async () => {
      onClose();
      notifyDone(text.roleChanged(person.userName, general.role[role]));
      await queryClient.invalidateQueries({ queryKey: ['administrators'] });
      // It may be one's own.
      await queryClient.invalidateQueries({ queryKey: ['session'] });
    },
  });
  return (
    <FormDialog
      opened={opened}
      title={text.roleOf(person.userName)}
      action={general.save}
      isPending={change.isPending}
      error={change.error}
      onSubmit={() => change.mutate()}
      onClose={onClose}
    >
      <RoleField value={role} onChange={setRole} />
    </FormDialog>
  );
}
