import '@mantine/charts/styles.css';
import { BarChart } from '@mantine/charts';
import { Stack, Text } from '@mantine/core';
import type { CycleView } from '@rollcall/server/contract';
import { useLanguage } from '../../../language/use-text.ts';
import { cyclePoints } from './cycle-points.ts';

/** What each cycle did, and how long it took. The table beside it says the same to those who do not see charts. */
export function CycleChart({ cycles }: { readonly cycles: readonly CycleView[] }) {
  const { code, text: all } = useLanguage();
  const text = all.applications.job;
  const format = new Intl.DateTimeFormat(code, { dateStyle: 'short', timeStyle: 'medium' });
  const points = cyclePoints(cycles, (date) => format.format(new Date(date)));
  const valueFormatter = (value: number) => value.toLocaleString(code);
  return (
    <Stack gap="xs">
      <Text size="sm">{text.chartLabel}</Text>
      <BarChart
        role="img"
        aria-label={text.chartLabel}
        h={240}
        data={points}
        dataKey="at"
        type="stacked"
        withLegend
        legendProps={{ itemSorter: null }}
        maxBarWidth={40}
        valueFormatter={valueFormatter}
        barChartProps={{ accessibilityLayer: false }}
        series={[
          { name: 'created', label: text.created, color: 'teal.6' },
          { name: 'updated', label: text.updated, color: 'blue.6' },
          { name: 'removed', label: text.removed, color: 'orange.6' },
          { name: 'failed', label: text.failed, color: 'red.7' },
        ]}
      />
      <Text size="sm">{text.durationLabel}</Text>
      <BarChart
        role="img"
        aria-label={text.durationLabel}
        h={140}
        data={points}
        dataKey="at"
        maxBarWidth={40}
        valueFormatter={valueFormatter}
        barChartProps={{ accessibilityLayer: false }}
        series={[{ name: 'seconds', label: text.seconds, color: 'grape.6' }]}
      />
    </Stack>
  );
}
