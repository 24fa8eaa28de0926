import { Button, Group, Modal, Stack } from '@mantine/core';
import { useState } from 'react';
import type { Resource } from '../../api/directory.ts';
import { notifyDone } from '../../components/notify.ts';
import { ProblemNotice } from '../../components/problem-notice.tsx';
import { useText } from '../../language/use-text.ts';
import { FormOrJson } from './form-or-json.tsx';
import { objectOf } from './json-field.tsx';
import { PersonFields } from './person-fields.tsx';
import { personValues, userChanges } from './person-values.ts';
import { useResourceWrite } from './use-resource-write.ts';

interface Props {
  readonly server: string;
  readonly user: Resource;
  onClose(): void;
}

/** Edits a user: what was changed is sent, and nothing else; of the JSON, the whole. */
export function EditUser({ server, user, onClose }: Props) {
  const all = useText();
  const text = all.directory;
  // What the person began with: a live update of the page must not change what is compared.
  const [seen] = useState(user);
  const [values, setValues] = useState(() => personValues(user));
  const [json, setJson] = useState<string>();
  const write = useResourceWrite(server, 'User', user.id, () => {
    notifyDone(all.general.saved);
    onClose();
  });
  const operations = userChanges(seen, values);
  const whole = json === undefined ? undefined : objectOf(json);
  const isReady = json === undefined ? operations.length > 0 && values.userName.trim() !== '' : whole !== undefined;
  return (
    <Modal
      opened
      onClose={onClose}
      title={text.editUser}
      size="lg"
      closeButtonProps={{ 'aria-label': all.general.close }}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (whole !== undefined) write.mutate({ write: { whole }, seen });
          else if (isReady) write.mutate({ write: { operations }, seen });
        }}
      >
        <Stack>
          <FormOrJson json={json} initial={() => JSON.stringify(seen, null, 2)} onChange={setJson}>
            <Stack>
              <PersonFields server={server} value={values} onChange={setValues} />
            </Stack>
          </FormOrJson>
          <ProblemNotice error={write.error} />
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {all.general.cancel}
            </Button>
            <Button type="submit" disabled={!isReady} loading={write.isPending}>
              {all.general.save}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
