import { Group, Paper, SegmentedControl, Skeleton, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense, useState } from 'react';
import { QueryView } from '../../../components/query-view.tsx';
import { useText } from '../../../language/use-text.ts';
import { cyclesQuery } from '../application-queries.ts';
import { CycleTable } from './cycle-table.tsx';

// Charts are a large part of the code, and only wanted here.
const CycleChart = lazy(async () => ({ default: (await import('./cycle-chart.tsx')).CycleChart }));

/** What ran, as a chart or as a table. */
export function CycleHistory({ slug }: { readonly slug: string }) {
  const text = useText().applications.job;
  const [view, setView] = useState('chart');
  const cycles = useQuery(cyclesQuery(slug));
  return (
    <Paper withBorder p="md">
      <Stack gap="sm">
        <Group justify="space-between">
          <Title order={2} size="h4">
            {text.history}
          </Title>
          <SegmentedControl
            size="xs"
            aria-label={text.historyView}
            value={view}
            onChange={setView}
            data={[
              { value: 'chart', label: text.showChart },
              { value: 'table', label: text.showTable },
            ]}
          />
        </Group>
        <QueryView query={cycles} rows={5}>
          {(data) =>
            data.cycles.length === 0 ? (
              <Text size="sm">{text.historyEmpty}</Text>
            ) : view === 'table' ? (
              <CycleTable slug={slug} cycles={data.cycles} />
            ) : (
              <Suspense fallback={<Skeleton height={420} />}>
                <CycleChart cycles={data.cycles} />
              </Suspense>
            )
          }
        </QueryView>
      </Stack>
    </Paper>
  );
}
