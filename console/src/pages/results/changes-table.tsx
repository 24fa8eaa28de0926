import { Table, Text } from '@mantine/core';
import { useState } from 'react';
import { ScrollTable } from '../../components/scroll-table.tsx';
import { useText } from '../../language/use-text.ts';
import { shortPath, valueText } from './value-text.ts';

export interface Change {
  readonly path: string;
  readonly from: unknown;
  readonly to: unknown;
}

/** Attributes before and after. */
export function ChangesTable({ changes, label }: { readonly changes: readonly Change[]; readonly label: string }) {
  const text = useText().results;
  return (
    <ScrollTable
      label={label}
      fz="sm"
      verticalSpacing={4}
      miw={420}
      head={
        <>
          <Table.Th>{text.attribute}</Table.Th>
          <Table.Th>{text.before}</Table.Th>
          <Table.Th>{text.after}</Table.Th>
        </>
      }
    >
      {changes.map(({ path, from, to }) => (
        <Table.Tr key={`${path} ${JSON.stringify([from, to]).slice(0, 200)}`}>
          <Table.Td title={path}>{shortPath(path)}</Table.Td>
          <Table.Td maw={260}>
            <Value of={from} />
          </Table.Td>
          <Table.Td maw={260}>
            <Value of={to} />
          </Table.Td>
        </Table.Tr>
      ))}
    </ScrollTable>
  );
}

const MANY = 10;

/** A list is shown by its first values: groups have up to 100,000 members. */
function Value({ of: value }: { readonly of: unknown }) {
  const text = useText();
  const [shown, setShown] = useState(MANY);
  if (!Array.isArray(value))
    return (
      <Text size="sm" className="breakable">
        {valueText(value)}
      </Text>
    );
  return (
    <>
      {value.slice(0, shown).map((one) => (
        <Text size="sm" className="breakable" key={valueText(one)}>
          {valueText(one)}
        </Text>
      ))}
      {value.length <= shown ? null : (
        <MoreButton onClick={() => setShown(shown * 10)} label={text.results.moreValues(value.length - shown)} />
      )}
    </>
  );
}

function MoreButton({ label, onClick }: { readonly label: string; onClick(): void }) {
  return (
    <Text
      component="button"
      type="button"
      size="sm"
      td="underline"
      bg="none"
      bd={0}
      p={0}
      style={{ cursor: 'pointer' }}
      onClick={onClick}
    >
      {label}
    </Text>
  );
}
