import { Button, Menu } from '@mantine/core';
import type { MappingsView } from '@rollcall/server/contract';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { post } from '../../api/request.ts';
import { Confirm } from '../../components/confirm.tsx';
import { notifyDone, notifyProblem } from '../../components/notify.ts';
import { ReasonedButton } from '../../components/reasoned-button.tsx';
import { useText } from '../../language/use-text.ts';
import { readMappings, saveFile } from './mapping-file.ts';

interface Props {
  readonly slug: string;
  readonly draft: MappingsView;
  readonly isDirty: boolean;
  readonly isEditable: boolean;
  readonly mayPreview: boolean;
  readonly isSaving: boolean;
  onSave(): void;
  onDiscard(): void;
  onPreview(): void;
  onImport(mappings: MappingsView): void;
}

/** What can be done with the mappings as a whole. */
export function MappingActions(props: Props) {
  const { slug, draft, isDirty, isEditable, mayPreview, isSaving, onSave, onDiscard, onPreview, onImport } = props;
  const all = useText();
  const text = all.mappings;
  const queryClient = useQueryClient();
  const picker = useRef<HTMLInputElement>(null);
  const [resetting, setResetting] = useState(false);
  const reset = useMutation({
    mutationFn: () => post(`/applications/${slug}/mappings/reset`),
    onSuccess: async () => {
      await queryClient.invalidateQueries({ queryKey: ['applications', slug] });
      onDiscard();
      setResetting(false);
      notifyDone(text.resetDone);
    },
  });
  const importFile = async (file: File | undefined) => {
    if (file === undefined) return;
    const { mappingsSchema, issueText } = await import('@rollcall/server/contract');
    const read = readMappings(await file.text(), mappingsSchema, issueText);
    if (read.problem !== undefined) notifyProblem(new Error(text.notMappings(read.problem)));
    else {
      onImport(read.mappings);
      notifyDone(text.imported);
    }
  };
  return (
    <>
      <input
        ref={picker}
        type="file"
        accept="application/json,.json"
        hidden
        aria-label={text.import}
        onChange={(event) => {
          void importFile(event.currentTarget.files?.[0]);
          event.currentTarget.value = '';
        }}
      />
      <Menu position="bottom-end" withinPortal withInitialFocusPlaceholder={false}>
        <Menu.Target>
          <Button variant="default">{all.general.more}</Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item onClick={() => saveFile(`${slug}-mappings.json`, draft)}>{text.export}</Menu.Item>
          <Menu.Item disabled={!isEditable} onClick={() => picker.current?.click()}>
            {text.import}
          </Menu.Item>
          <Menu.Divider />
          <Menu.Item color="red" disabled={!isEditable} onClick={() => setResetting(true)}>
            {text.reset}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <ReasonedButton variant="default" reason={mayPreview ? undefined : all.general.mayNot} onClick={onPreview}>
        {text.preview}
      </ReasonedButton>
      <Button variant="default" disabled={!isDirty} onClick={onDiscard}>
        {all.general.discard}
      </Button>
      <ReasonedButton
        disabled={!isDirty}
        loading={isSaving}
        onClick={onSave}
        reason={isEditable ? undefined : all.general.mayNot}
      >
        {all.general.save}
      </ReasonedButton>
      <Confirm
        opened={resetting}
        title={text.reset}
        action={text.reset}
        pending={reset.isPending}
        error={reset.error}
        onConfirm={() => reset.mutate()}
        onClose={() => setResetting(false)}
      >
        {text.resetAsk}
      </Confirm>
    </>
  );
}
