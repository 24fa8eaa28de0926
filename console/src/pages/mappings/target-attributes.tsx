import {
  Autocomplete,
  Button,
  Checkbox,
  Group,
  Paper,
  Select,
  Stack,
  Table,
  Text,
  Title,
  VisuallyHidden,
} from '@mantine/core';
import { DEFAULT_TARGET_ATTRIBUTES } from '@rollcall/provisioning/mapping';
import { ScrollTable } from '../../components/scroll-table.tsx';
import { useText } from '../../language/use-text.ts';
import { targetPaths } from './attribute-names.ts';
import { problemsOf, type TargetAttribute } from './draft.ts';
import type { PartProps } from './part.ts';
import { problemIn } from './row-form.ts';

const TYPES: readonly TargetAttribute['type'][] = ['string', 'integer', 'boolean', 'dateTime', 'reference', 'binary'];
const FLAGS = ['required', 'multiValued', 'caseExact'] as const;
const NEW: TargetAttribute = { path: '', type: 'string', required: false, multiValued: false, caseExact: false };

/** What the target knows of its attributes, where that is other than what every SCIM target is expected to have. */
export function TargetAttributes({ side, mapping, checked, isEditable, onChange }: PartProps) {
  const all = useText();
  const text = all.mappings;
  const list = mapping.targetAttributes;
  const change = (targetAttributes: TargetAttribute[]) => onChange({ ...mapping, targetAttributes });
  const known = DEFAULT_TARGET_ATTRIBUTES[side === 'users' ? 'User' : 'Group'];
  return (
    <Stack gap="xs">
      <Group justify="space-between">
        <Title order={2} size="h4">
          {text.targetAttributes}
        </Title>
        <Button variant="light" size="xs" disabled={!isEditable} onClick={() => change([...list, NEW])}>
          {text.addTargetAttribute}
        </Button>
      </Group>
      <Text size="sm" c="dimmed">
        {text.targetAttributesMean(known.length)}
      </Text>
      {list.length === 0 ? null : (
        <Paper withBorder>
          <ScrollTable
            label={text.targetAttributes}
            miw={820}
            head={
              <>
                <Table.Th w="36%">{text.targetAttribute}</Table.Th>
                <Table.Th>{all.general.type}</Table.Th>
                {FLAGS.map((flag) => (
                  <Table.Th key={flag}>{text.flag[flag]}</Table.Th>
                ))}
                <Table.Th>
                  <VisuallyHidden>{text.rowActions}</VisuallyHidden>
                </Table.Th>
              </>
            }
          >
            {list.map((attribute, index) => {
              const set = (next: Partial<TargetAttribute>) => change(list.with(index, { ...attribute, ...next }));
              const name = attribute.path === '' ? text.newTargetAttribute : attribute.path;
              return (
                // biome-ignore lint/suspicious/noArrayIndexKey: an attribute has no other name while its path is written
                <Table.Tr key={index}>
                  <Table.Td>
                    <Autocomplete
                      aria-label={text.pathOf(index + 1)}
                      data={[...targetPaths(side, [])]}
                      limit={100}
                      maxDropdownHeight={240}
                      value={attribute.path}
                      disabled={!isEditable}
                      error={problemIn(problemsOf(checked, side, 'targetAttributes', attribute), 'path')}
                      onChange={(path) => {
                        const standard = known.find((one) => one.path === path);
                        set(standard === undefined ? { path } : standard);
                      }}
                    />
                  </Table.Td>
                  <Table.Td>
                    <Select
                      aria-label={text.typeOf(name)}
                      data={[...TYPES]}
                      allowDeselect={false}
                      value={attribute.type}
                      disabled={!isEditable}
                      onChange={(type) => set({ type: TYPES.find((one) => one === type) ?? attribute.type })}
                    />
                  </Table.Td>
                  {FLAGS.map((flag) => (
                    <Table.Td key={flag}>
                      <Checkbox
                        aria-label={`${text.flag[flag]}: ${name}`}
                        checked={attribute[flag]}
                        disabled={!isEditable}
                        onChange={(event) => set({ [flag]: event.currentTarget.checked })}
                      />
                    </Table.Td>
                  ))}
                  <Table.Td ta="right">
                    <Button
                      variant="subtle"
                      color="gray"
                      size="compact-xs"
                      disabled={!isEditable}
                      aria-label={text.removeOf(name)}
                      onClick={() => change(list.toSpliced(index, 1))}
                    >
                      {all.general.remove}
                    </Button>
                  </Table.Td>
                </Table.Tr>
              );
            })}
          </ScrollTable>
        </Paper>
      )}
    </Stack>
  );
}
