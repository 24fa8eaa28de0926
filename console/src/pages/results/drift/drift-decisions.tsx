import { Button, Paper, Stack, Table, Text, Title, VisuallyHidden } from '@mantine/core';
import type { DriftListView } from '@rollcall/server/contract';
import { Moment } from '../../../components/moment.tsx';
import { ScrollTable } from '../../../components/scroll-table.tsx';
import { useText } from '../../../language/use-text.ts';
import { ObjectLink } from '../object-link.tsx';
import { nameOf } from '../staged/staged-name.ts';
import { shortPath } from '../value-text.ts';

interface Props {
  readonly slug: string;
  readonly decisions: DriftListView['decisions'];
  readonly isAllowed: boolean;
  onForget(object: string, attribute: string): void;
}

/** What people decided about single objects, and the way back. */
export function DriftDecisions({ slug, decisions, isAllowed, onForget }: Props) {
  const text = useText().results;
  if (decisions.length === 0) return null;
  return (
    <Stack gap="xs">
      <Title order={2} size="h4">
        {text.decisions}
      </Title>
      <Text size="sm" c="dimmed">
        {text.decisionsMean}
      </Text>
      <Paper withBorder>
        <ScrollTable
          label={text.decisions}
          miw={560}
          head={
            <>
              <Table.Th>{text.object}</Table.Th>
              <Table.Th>{text.attribute}</Table.Th>
              <Table.Th>{text.decision}</Table.Th>
              <Table.Th>{text.date}</Table.Th>
              <Table.Th>
                <VisuallyHidden>{text.forget}</VisuallyHidden>
              </Table.Th>
            </>
          }
        >
          {decisions.map((decision) => (
            <Table.Tr key={`${decision.type} ${decision.id} ${decision.path}`}>
              <Table.Td className="breakable">
                <ObjectLink slug={slug} type={decision.type} id={decision.id} label={decision.label} />
              </Table.Td>
              <Table.Td title={decision.path}>{shortPath(decision.path)}</Table.Td>
              <Table.Td>{text.rule[decision.rule]}</Table.Td>
              <Table.Td>
                <Moment date={decision.at} />
              </Table.Td>
              <Table.Td ta="right">
                <Button
                  size="compact-sm"
                  variant="subtle"
                  color="gray"
                  disabled={!isAllowed}
                  aria-label={text.forgetOf(decision.label, shortPath(decision.path))}
                  onClick={() => onForget(nameOf(decision), decision.path)}
                >
                  {text.forget}
                </Button>
              </Table.Td>
            </Table.Tr>
          ))}
        </ScrollTable>
      </Paper>
    </Stack>
  );
}
