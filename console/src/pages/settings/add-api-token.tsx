import { Radio, Select, Stack, TextInput } from '@mantine/core';
import type { IssuedApiTokenView } from '@rollcall/server/contract';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { post } from '../../api/request.ts';
import { FormDialog } from '../../components/form-dialog.tsx';
import { useProblem } from '../../language/use-problem.ts';
import { useText } from '../../language/use-text.ts';
import { besideFields } from './beside-fields.ts';
import type { Secret } from './shown-once.tsx';

const LIFETIMES = ['30d', '90d', '365d', '730d'] as const;
const EMPTY = { name: '', access: 'read', expiresIn: '365d' };

interface Props {
  readonly opened: boolean;
  onClose(): void;
  onSecret(secret: Secret): void;
}

/** A new token of the admin API. */
export function AddApiToken({ opened, onClose, onSecret }: Props) {
  const { settings: all, general } = useText();
  const text = all.apiTokens;
  const queryClient = useQueryClient();
  const [given, setGiven] = useState(EMPTY);
  const add = useMutation({
    mutationFn: () => post<IssuedApiTokenView>('/api-tokens', given),
    onSuccess: ({ name, token, expiresAt }) => {
      void queryClient.invalidateQueries({ queryKey: ['api-tokens'] });
      close();
      onSecret({ title: text.added(name), label: text.token, value: token, advice: text.tokenAdvice, expiresAt });
    },
  });
  const problem = useProblem(add.error);
  function close(): void {
    onClose();
    add.reset();
    setGiven(EMPTY);
  }
  return (
    <FormDialog
      opened={opened}
      title={text.add}
      action={general.add}
      isPending={add.isPending}
      error={besideFields(problem, ['name', 'expiresIn'])}
      onSubmit={() => add.mutate()}
      onClose={close}
    >
      <TextInput
        label={general.name}
        description={text.nameAdvice}
        required
        autoComplete="off"
        data-autofocus
        value={given.name}
        error={problem?.of('name')}
        onChange={(event) => setGiven({ ...given, name: event.currentTarget.value })}
      />
      <Radio.Group label={text.access} value={given.access} onChange={(access) => setGiven({ ...given, access })}>
        <Stack gap="xs" mt="xs">
          <Radio value="read" label={text.accessOf.read} description={text.readMeans} />
          <Radio value="write" label={text.accessOf.write} description={text.writeMeans} />
        </Stack>
      </Radio.Group>
      <Select
        label={text.lifetime}
        data={LIFETIMES.map((value) => ({ value, label: text.lifetimes[value] }))}
        value={given.expiresIn}
        allowDeselect={false}
        error={problem?.of('expiresIn')}
        onChange={(expiresIn) => setGiven({ ...given, expiresIn: expiresIn ?? EMPTY.expiresIn })}
      />
    </FormDialog>
  );
}
