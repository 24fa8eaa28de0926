import { Button, Group, Modal, Stack } from '@mantine/core';
import { useState } from 'react';
import { notifyDone } from '../../components/notify.ts';
import { ProblemNotice } from '../../components/problem-notice.tsx';
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
    <Modal opened onClose={onClose} title={text.addMembers} closeButtonProps={{ 'aria-label': all.general.close }}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (count > 0) write.mutate({ write: { operations: [{ op: 'add', path: 'members', value }] } });
        }}
      >
        <Stack>
          <ResourcePicker server={server} value={chosen} onChange={setChosen} />
          <ProblemNotice error={write.error} />
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {all.general.cancel}
            </Button>
            <Button type="submit" disabled={count === 0} loading={write.isPending}>
              {count === 0 ? text.addMembers : text.addSelected(count)}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
