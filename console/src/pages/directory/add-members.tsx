import { useState } from 'react';
import { FormDialog } from '../../components/form-dialog.tsx';
import { notifyDone } from '../../components/notify.ts';
import { useText } from '../../language/use-text.ts';
import { type Choice, ResourcePicker } from './resource-picker.tsx';
import { useResourceWrite } from './use-resource-write.ts';

interface Props {
  readonly server: string;
  readonly id: string;
  onAdded(): void;
  onClose(): void;
}

/** Adds users and groups to a group. */
export function AddMembers({ server, id, onAdded, onClose }: Props) {
  const all = useText();
  const text = all.directory;
  const [chosen, setChosen] = useState<readonly Choice[]>([]);
  const count = chosen.length;
  const write = useResourceWrite(server, 'Group', id, () => {
    notifyDone(text.membersAdded(count));
    onAdded();
    onClose();
  });
  const value = chosen.map((choice) => ({ value: choice.value }));
  return (
    <FormDialog
      title={text.addMembers}
      action={count === 0 ? text.addMembers : text.addSelected(count)}
      isReady={count > 0}
      isPending={write.isPending}
      error={write.error}
      onSubmit={() => write.mutate({ write: { operations: [{ op: 'add', path: 'members', value }] } })}
      onClose={onClose}
    >
      <ResourcePicker server={server} value={chosen} onChange={setChosen} />
    </FormDialog>
  );
}
