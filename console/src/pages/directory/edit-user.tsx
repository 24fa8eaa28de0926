import { Stack } from '@mantine/core';
import { useState } from 'react';
import type { Resource } from '../../api/directory.ts';
import { FormDialog } from '../../components/form-dialog.tsx';
import { notifyDone } from '../../components/notify.ts';
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
    <FormDialog
      size="lg"
      title={text.editUser}
      action={all.general.save}
      isReady={isReady}
      isPending={write.isPending}
      error={write.error}
      onSubmit={() => write.mutate({ write: whole === undefined ? { operations } : { whole }, seen })}
      onClose={onClose}
    >
      <FormOrJson json={json} initial={() => JSON.stringify(seen, null, 2)} onChange={setJson}>
        <Stack>
          <PersonFields server={server} value={values} onChange={setValues} />
        </Stack>
      </FormOrJson>
    </FormDialog>
  );
}
