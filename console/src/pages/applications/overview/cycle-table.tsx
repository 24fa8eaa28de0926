import { Anchor, ScrollArea, Table } from '@mantine/core';
import type { CycleView } from '@rollcall/server/contract';
import { Link } from '@tanstack/react-router';
import { Moment } from '../../../components/moment.tsx';
import { StatusBadge, type Tone } from '../../../components/status-badge.tsx';
import { useLanguage } from '../../../language/use-text.ts';
import { durationText } from './duration-text.ts';

const TONES: Readonly<Record<CycleView['state'], Tone>> = {
  running: 'busy',
  succeeded: 'good',
  entryLevelErrors: 'warning',
  failed: 'bad',
  interrupted: 'warning',
};

const COUNTS = ['created', 'updated', 'disabled', 'deleted', 'failed'] as const;

/** Cycles, newest first. */
export function CycleTable({ slug, cycles }: { readonly slug: string; readonly cycles: readonly CycleView[] }) {
  const { code, text: all } = useLanguage();
  const text = all.applications.job;
  return (
    <ScrollArea mah={460} viewportProps={{ tabIndex: 0, role: 'region', 'aria-label': text.history }}>
      <Table miw={860} stickyHeader aria-label={text.history}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{text.began}</Table.Th>
            <Table.Th>{text.cycle}</Table.Th>
            <Table.Th>{text.result}</Table.Th>
            <Table.Th ta="right">{text.duration}</Table.Th>
            {COUNTS.map((name) => (
              <Table.Th key={name} ta="right">
                {text[name]}
              </Table.Th>
            ))}
            <Table.Th>{all.applications.tab.log}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {cycles.map((cycle) => (
            <Table.Tr key={cycle.id}>
              <Table.Td>
                <Moment date={cycle.beganAt} exact />
              </Table.Td>
              <Table.Td>{text.kind[cycle.kind]}</Table.Td>
              <Table.Td>
                <StatusBadge tone={TONES[cycle.state]}>{text.outcome[cycle.state]}</StatusBadge>
              </Table.Td>
              <Table.Td ta="right" className="numeric">
                {cycle.durationMs === null ? '–' : durationText(cycle.durationMs / 1000, code)}
              </Table.Td>
              {COUNTS.map((name) => (
                <Table.Td key={name} ta="right" className="numeric">
                  {cycle.counts[name].toLocaleString(code)}
                </Table.Td>
              ))}
              <Table.Td>
                <Anchor component={Link} to={`/applications/${slug}/log?cycle=${cycle.id}`} size="sm">
                  {text.inCycle}
                </Anchor>
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </ScrollArea>
  );
}
