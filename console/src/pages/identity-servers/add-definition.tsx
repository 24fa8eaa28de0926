import { Button, FileButton, Group, List, Modal, Stack, Text, Textarea } from '@mantine/core';
import type { DefinitionListView } from '@rollcall/server/contract';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { post } from '../../api/request.ts';
import { notifyDone } from '../../components/notify.ts';
import { ProblemNotice } from '../../components/problem-notice.tsx';
import { useText } from '../../language/use-text.ts';
import { Notice } from './notice.tsx';

interface Props {
  readonly server: string;
  readonly opened: boolean;
  onClose(): void;
}

/** Adds a schema or resource type, from a file or as text. */
export function AddDefinition({ server, opened, onClose }: Props) {
  const { identityServers: all, general } = useText();
  const text = all.schemas;
  const queryClient = useQueryClient();
  const [json, setJson] = useState('');
  const add = useMutation({
    mutationFn: async () => {
      const body = parse(json, text.notJson);
      return post<DefinitionListView>(`/identity-servers/${encodeURIComponent(server)}/definitions`, body);
    },
    onSuccess: ({ warnings = [] }) => {
      void queryClient.invalidateQueries({ queryKey: ['identity-servers', server] });
      notifyDone(text.added);
      if (warnings.length === 0) close();
    },
  });
  const close = () => {
    add.reset();
    setJson('');
    onClose();
  };
  const read = async (file: File | null) => {
    if (file === null) return;
    add.reset();
    setJson(await file.text());
  };
  const warnings = add.data?.warnings ?? [];
  return (
    <Modal
      opened={opened}
      onClose={close}
      title={text.addTitle}
      size="lg"
      closeButtonProps={{ 'aria-label': general.close }}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          add.mutate();
        }}
      >
        <Stack>
          <Text size="sm">{text.addAdvice}</Text>
          <Group>
            <FileButton accept="application/json,.json" onChange={(file) => void read(file)}>
              {(props) => (
                <Button variant="default" {...props}>
                  {text.file}
                </Button>
              )}
            </FileButton>
          </Group>
          <Textarea
            label={text.json}
            required
            rows={12}
            spellCheck={false}
            value={json}
            onChange={(event) => {
              setJson(event.currentTarget.value);
              add.reset();
            }}
            styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)' } }}
          />
          {warnings.length === 0 ? null : (
            <Notice announced title={text.warnings}>
              <List size="sm">
                {warnings.map((warning) => (
                  <List.Item key={warning}>{warning}</List.Item>
                ))}
              </List>
            </Notice>
          )}
          <ProblemNotice error={add.error} />
          <Group justify="flex-end">
            <Button variant="default" onClick={close}>
              {add.isSuccess ? general.close : general.cancel}
            </Button>
            <Button type="submit" loading={add.isPending} disabled={json.trim() === '' || add.isSuccess}>
              {general.add}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}

function parse(json: string, notJson: (message: string) => string): unknown {
  try {
    return JSON.parse(json);
  } catch (error) {
    throw new Error(notJson(error instanceof Error ? error.message : String(error)));
  }
}
