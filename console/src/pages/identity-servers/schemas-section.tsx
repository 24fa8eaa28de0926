import { Button, Group, Table, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { definitionsQuery } from '../../api/identity-server-queries.ts';
import { QueryView } from '../../components/query-view.tsx';
import { ScrollTable } from '../../components/scroll-table.tsx';
import { useText } from '../../language/use-text.ts';
import { AddDefinition } from './add-definition.tsx';
import { type DefinitionRow, definitionRows } from './definition-rows.ts';
import { RemoveDefinition } from './remove-definition.tsx';
import { Section } from './section.tsx';
import { useDialog } from './use-dialog.ts';
import { useMay } from './use-may.ts';

/** Schemas, extensions and resource types that were added. They are no part of the form: each change counts at once. */
export function SchemasSection({ server }: { readonly server: string }) {
  const { identityServers: all } = useText();
  const text = all.schemas;
  const query = useQuery(definitionsQuery(server));
  const mayChange = useMay('administrator');
  const [adding, setAdding] = useState(false);
  const { dialog: leaving, open: askToRemove, close } = useDialog<string>();
  return (
    <>
      <Section title={text.title} description={text.description} disabled={!mayChange}>
        <QueryView query={query} rows={2}>
          {({ definitions }) =>
            definitions.length === 0 ? (
              <Text size="sm">{text.empty}</Text>
            ) : (
              <DefinitionTable rows={definitionRows(definitions)} onRemove={askToRemove} />
            )
          }
        </QueryView>
        <Group>
          <Button variant="default" onClick={() => setAdding(true)}>
            {text.add}
          </Button>
        </Group>
      </Section>
      <AddDefinition server={server} opened={adding} onClose={() => setAdding(false)} />
      <RemoveDefinition server={server} name={leaving} onClose={close} />
    </>
  );
}

interface TableProps {
  readonly rows: readonly DefinitionRow[];
  onRemove(name: string): void;
}

function DefinitionTable({ rows, onRemove }: TableProps) {
  const { identityServers, general } = useText();
  const text = identityServers.schemas;
  return (
    <ScrollTable
      label={text.table}
      head={
        <>
          <Table.Th scope="col">{general.name}</Table.Th>
          <Table.Th scope="col">{text.kind}</Table.Th>
          <Table.Th scope="col">{text.extends}</Table.Th>
          <Table.Th scope="col" ta="right" visibleFrom="sm">
            {text.attributes}
          </Table.Th>
          <Table.Td />
        </>
      }
    >
      {rows.map(({ kind, name, extends: extended, attributes, removable }) => (
        <Table.Tr key={`${kind} ${name} ${extended.join(' ')}`}>
          <Table.Td className="breakable">{name}</Table.Td>
          <Table.Td>{text.kindName[kind]}</Table.Td>
          <Table.Td>{extended.length === 0 ? '–' : extended.join(', ')}</Table.Td>
          <Table.Td ta="right" className="numeric" visibleFrom="sm">
            {attributes ?? '–'}
          </Table.Td>
          <Table.Td ta="right">
            {removable ? (
              <Button
                size="compact-sm"
                variant="subtle"
                color="red"
                aria-label={text.removeOf(name)}
                onClick={() => onRemove(name)}
              >
                {general.remove}
              </Button>
            ) : null}
          </Table.Td>
        </Table.Tr>
      ))}
    </ScrollTable>
  );
}
