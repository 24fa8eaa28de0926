import { ScrollArea, Table, type TableProps } from '@mantine/core';
import type { ReactNode } from 'react';

interface Props extends TableProps {
  readonly label: string;
  /** The titles of the columns, a `Table.Th` each. */
  readonly head: ReactNode;
  /** The rows. */
  readonly children: ReactNode;
}

/** A table that scrolls to the side where it is wider than its place, by the keyboard too. */
export function ScrollTable({ label, head, children, ...table }: Props) {
  return (
    <ScrollArea viewportProps={{ tabIndex: 0, role: 'region', 'aria-label': label }}>
      <Table {...table}>
        <Table.Thead>
          <Table.Tr>{head}</Table.Tr>
        </Table.Thead>
        <Table.Tbody>{children}</Table.Tbody>
      </Table>
    </ScrollArea>
  );
}
