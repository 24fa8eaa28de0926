import { Anchor, Badge, Button, Code, Group, Paper, Stack, Table, Text, Title, VisuallyHidden } from '@mantine/core';
import { useRef, useState } from 'react';
import { ScrollTable } from '../../components/scroll-table.tsx';
import { useText } from '../../language/use-text.ts';
import { shortPath } from '../results/value-text.ts';
import { problemsOf, type Row, withoutRow, withRow } from './draft.ts';
import { MatchingOrder } from './matching-order.tsx';
import type { PartProps } from './part.ts';
import { RowDialog } from './row-dialog.tsx';

/** The mapping table: which attribute of the target gets what. A row opens to be changed. */
export function AttributeTable(props: PartProps) {
  const { slug, side, mapping, checked, isEditable, onChange } = props;
  const all = useText();
  const text = all.mappings;
  const [edited, setEdited] = useState<number | 'new'>();
  const adder = useRef<HTMLButtonElement>(null);
  const rows = mapping.attributes;
  const change = (attributes: Row[]) => onChange({ ...mapping, attributes });
  const current = typeof edited === 'number' ? rows[edited] : undefined;
  return (
    <Stack gap="xs">
      <Group justify="space-between">
        <Title order={2} size="h4">
          {text.attributeMappings}
        </Title>
        <Button ref={adder} variant="light" size="xs" disabled={!isEditable} onClick={() => setEdited('new')}>
          {text.addMapping}
        </Button>
      </Group>
      <Paper withBorder>
        <ScrollTable
          label={text.attributeMappings}
          miw={720}
          verticalSpacing={6}
          highlightOnHover
          head={
            <>
              <Table.Th>{text.source}</Table.Th>
              <Table.Th>{text.target}</Table.Th>
              <Table.Th>{text.defaultValue}</Table.Th>
              <Table.Th>{text.precedence}</Table.Th>
              <Table.Th>{text.apply}</Table.Th>
              <Table.Th>
                <VisuallyHidden>{text.rowActions}</VisuallyHidden>
              </Table.Th>
            </>
          }
        >
          {rows.map((row, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a draft may hold a target twice before it is checked
            <Table.Tr key={`${row.target} ${index}`}>
              <Table.Td maw={340}>
                <Source row={row} />
                {problemsOf(checked, side, 'attributes', row).map(({ field, message }) => (
                  <Text key={`${field} ${message}`} size="xs" c="var(--mantine-color-error)" mt={2}>
                    {message}
                  </Text>
                ))}
              </Table.Td>
              <Table.Td maw={320} className="breakable">
                <Anchor
                  component="button"
                  type="button"
                  size="sm"
                  ta="left"
                  title={row.target}
                  aria-label={text.editMapping(row.target)}
                  onClick={() => setEdited(index)}
                >
                  {shortPath(row.target)}
                </Anchor>
              </Table.Td>
              <Table.Td className="breakable">{row.defaultValue ?? ''}</Table.Td>
              <Table.Td className="numeric">{row.matching === 0 ? '' : row.matching}</Table.Td>
              <Table.Td>{text.applies[row.apply]}</Table.Td>
              <Table.Td ta="right">
                <Button
                  variant="subtle"
                  color="gray"
                  size="compact-xs"
                  disabled={!isEditable}
                  aria-label={text.removeMapping(row.target)}
                  onClick={() => {
                    change(withoutRow(rows, index));
                    adder.current?.focus();
                  }}
                >
                  {all.general.remove}
                </Button>
              </Table.Td>
            </Table.Tr>
          ))}
        </ScrollTable>
      </Paper>
      <MatchingOrder rows={rows} isEditable={isEditable} onChange={change} />
      {edited === undefined ? null : (
        <RowDialog
          slug={slug}
          side={side}
          row={current}
          rows={rows}
          ownTargets={mapping.targetAttributes}
          isEditable={isEditable}
          problems={current === undefined ? [] : problemsOf(checked, side, 'attributes', current)}
          onClose={() => setEdited(undefined)}
          onDone={(row) => {
            change(withRow(rows, typeof edited === 'number' ? edited : undefined, row));
            setEdited(undefined);
          }}
        />
      )}
    </Stack>
  );
}

function Source({ row: { source } }: { readonly row: Row }) {
  const text = useText().mappings;
  switch (source.kind) {
    case 'direct':
      return (
        <Text size="sm" className="breakable">
          {source.attribute}
        </Text>
      );
    case 'expression':
      return (
        <Code fz="xs" className="breakable">
          {source.expression}
        </Code>
      );
    case 'constant':
      return (
        <Group gap={6}>
          <Text size="sm" className="breakable">
            {JSON.stringify(source.value)}
          </Text>
          <Badge size="xs" variant="default" tt="none">
            {text.kind.constant}
          </Badge>
        </Group>
      );
    case 'none':
      return (
        <Text size="sm" c="dimmed">
          {text.noSource}
        </Text>
      );
  }
}
