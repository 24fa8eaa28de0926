import { Accordion, Alert, Button, Group, Modal, Skeleton, Stack, Table, Text, Title } from '@mantine/core';
import type { MappingPreviewView, MappingsView } from '@rollcall/server/contract';
import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { post } from '../../api/request.ts';
import { ProblemNotice } from '../../components/problem-notice.tsx';
import { ScrollTable } from '../../components/scroll-table.tsx';
import { useText } from '../../language/use-text.ts';
import { valueText } from '../results/value-text.ts';
import type { FieldProblem } from './draft.ts';
import { useFocusBack } from './use-focus-back.ts';

interface Props {
  readonly slug: string;
  readonly draft: MappingsView;
  readonly canSave: boolean;
  readonly isSaving: boolean;
  /** The mappings are wrong: there is nothing to preview. */
  onInvalid(problems: readonly FieldProblem[]): void;
  onSave(): void;
  onClose(): void;
}

/** What the mappings would change for everybody in the directory, without a call to the target. */
export function Preview({ slug, draft, canSave, isSaving, onInvalid, onSave, onClose }: Props) {
  const all = useText();
  const text = all.mappings;
  useFocusBack();
  const preview = useQuery({
    queryKey: ['mapping-preview', slug, draft],
    queryFn: () => post<MappingPreviewView>(`/applications/${slug}/mappings/preview`, { mappings: draft }),
    staleTime: 0,
    gcTime: 0,
  });
  const problems = preview.data?.problems ?? [];
  useEffect(() => {
    if (problems.length > 0) onInvalid(problems);
  });
  return (
    <Modal
      opened
      onClose={onClose}
      size="xl"
      title={text.preview}
      closeButtonProps={{ 'aria-label': all.general.close }}
    >
      <Stack>
        <ProblemNotice error={preview.error} retry={() => void preview.refetch()} />
        {preview.isPending ? (
          <Stack role="region" aria-label={text.previewRuns} aria-busy>
            <Text size="sm">{text.previewRuns}</Text>
            <Skeleton height={40} />
            <Skeleton height={40} />
          </Stack>
        ) : null}
        {preview.data === undefined || problems.length > 0 ? null : <Changes of={preview.data} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {all.general.close}
          </Button>
          <Button disabled={!canSave || preview.data === undefined} loading={isSaving} onClick={onSave}>
            {all.general.save}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}

function Changes({ of: { objects, attributes, entering, leaving, samples } }: { readonly of: MappingPreviewView }) {
  const text = useText().mappings;
  const isNothing = attributes.length === 0 && entering === 0 && leaving === 0;
  return (
    <Stack>
      <Text size="sm">{text.previewed(objects)}</Text>
      {isNothing ? <Alert color="teal">{text.previewNothing}</Alert> : null}
      {entering + leaving === 0 ? null : (
        <Stack gap={4}>
          <Title order={3} size="h5">
            {text.crossing(entering, leaving)}
          </Title>
          {samples.map(({ label, change, reason }) => (
            <Text size="sm" key={`${change} ${label}`} className="breakable">
              <b>{label}</b> {change === 'enters' ? text.enters : text.leaves} {reason}
            </Text>
          ))}
        </Stack>
      )}
      {attributes.length === 0 ? null : (
        <Stack gap={4}>
          <Title order={3} size="h5">
            {text.changedAttributes}
          </Title>
          <Accordion multiple defaultValue={attributes.slice(0, 1).map(({ path }) => path)} variant="contained">
            {attributes.map(({ path, changed, samples: shown }) => (
              <Accordion.Item key={path} value={path}>
                <Accordion.Control>
                  <Group justify="space-between" gap="sm">
                    <Text size="sm" className="breakable">
                      {path}
                    </Text>
                    <Text size="sm" c="dimmed" className="numeric" pr="sm">
                      {text.changedObjects(changed)}
                    </Text>
                  </Group>
                </Accordion.Control>
                <Accordion.Panel>
                  <ScrollTable
                    label={path}
                    fz="sm"
                    head={
                      <>
                        <Table.Th>{text.object}</Table.Th>
                        <Table.Th>{text.before}</Table.Th>
                        <Table.Th>{text.after}</Table.Th>
                      </>
                    }
                  >
                    {shown.map(({ label, from, to }) => (
                      <Table.Tr key={label}>
                        <Table.Td className="breakable">{label}</Table.Td>
                        <Table.Td className="breakable">{valueText(from)}</Table.Td>
                        <Table.Td className="breakable">{valueText(to)}</Table.Td>
                      </Table.Tr>
                    ))}
                  </ScrollTable>
                </Accordion.Panel>
              </Accordion.Item>
            ))}
          </Accordion>
        </Stack>
      )}
    </Stack>
  );
}
