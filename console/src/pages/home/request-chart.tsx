import { BarChart } from '@mantine/charts';
import '@mantine/charts/styles.css';
import { Box } from '@mantine/core';
import type { RequestBucket } from '../../api/overview.ts';
import { useLanguage } from '../../language/use-text.ts';

const DAY = 86_400_000;

interface Props {
  readonly buckets: readonly RequestBucket[];
  readonly height: number;
  /** What it shows, in words. */
  readonly label: string;
}

/** Bars of answered requests: well, with the client's error, with the server's error. */
export function RequestChart({ buckets, height, label }: Props) {
  const { code, text: all } = useLanguage();
  const text = all.home;
  const [first, last] = [buckets[0], buckets.at(-1)];
  const isLong = first !== undefined && last !== undefined && Date.parse(last.at) - Date.parse(first.at) > 1.5 * DAY;
  const format = new Intl.DateTimeFormat(
    code,
    isLong ? { weekday: 'short', hour: '2-digit', minute: '2-digit' } : { hour: '2-digit', minute: '2-digit' },
  );
  const data = buckets.map(({ at, total, clientErrors, serverErrors }) => ({
    at: format.format(new Date(at)),
    succeeded: total - clientErrors - serverErrors,
    clientErrors,
    serverErrors,
  }));
  return (
    <Box role="img" aria-label={label}>
      <BarChart
        h={height}
        data={data}
        dataKey="at"
        type="stacked"
        withLegend
        // Nothing in it can be done by keyboard: the sums stand above it in words.
        barChartProps={{ accessibilityLayer: false }}
        barProps={{ isAnimationActive: false }}
        xAxisProps={{ minTickGap: 40 }}
        valueFormatter={(value) => value.toLocaleString(code)}
        yAxisProps={{ allowDecimals: false, width: 50 }}
        series={[
          { name: 'succeeded', label: text.succeeded, color: 'cyan.7' },
          { name: 'clientErrors', label: text.clientErrors, color: 'orange.6' },
          { name: 'serverErrors', label: text.serverErrors, color: 'red.7' },
        ]}
      />
    </Box>
  );
}
