import { Box, Group, Text } from '@mantine/core';
import type { RequestBucket } from '../../api/overview.ts';
import { useLanguage } from '../../language/use-text.ts';
import { labelPlaces, valueTicks } from './axis.ts';
import classes from './request-chart.module.css';

const DAY = 86_400_000;
const LABELS = 5;

// What is drawn from the bottom up.
const KINDS = ['succeeded', 'clientErrors', 'serverErrors'] as const;
type Kind = (typeof KINDS)[number];

const COLOURS: Readonly<Record<Kind, string>> = {
  succeeded: 'var(--mantine-color-cyan-7)',
  clientErrors: 'var(--mantine-color-orange-6)',
  serverErrors: 'var(--mantine-color-red-8)',
};

interface Props {
  readonly buckets: readonly RequestBucket[];
  /** What it shows, in words. */
  readonly label: string;
}

/**
 * Bars of requests: answered well, with the client's error, with the server's error. Drawn here, because a chart
 * library is half of what the first page may weigh.
 */
export function RequestChart({ buckets, label }: Props) {
  const { code, text: all } = useLanguage();
  const text = all.home;
  const [first, last] = [buckets[0], buckets.at(-1)];
  const isLong = first !== undefined && last !== undefined && Date.parse(last.at) - Date.parse(first.at) > 1.5 * DAY;
  const axis = new Intl.DateTimeFormat(code, isLong ? { weekday: 'short', day: 'numeric' } : { timeStyle: 'short' });
  const exact = new Intl.DateTimeFormat(code, { dateStyle: 'short', timeStyle: 'short' });
  const ticks = valueTicks(Math.max(0, ...buckets.map(({ total }) => total)));
  const top = ticks.at(-1) ?? 1;
  const nameOf: Readonly<Record<Kind, string>> = {
    succeeded: text.succeeded,
    clientErrors: text.clientErrors,
    serverErrors: text.serverErrors,
  };
  return (
    <Box>
      <div className={classes.chart} role="img" aria-label={label}>
        <div className={classes.values}>
          {ticks.map((tick) => (
            <Text key={tick} size="xs" className={classes.value} style={{ bottom: `${(tick / top) * 100}%` }}>
              {tick.toLocaleString(code)}
            </Text>
          ))}
        </div>
        <div className={classes.plot}>
          {ticks.map((tick) => (
            <div key={tick} className={classes.line} style={{ bottom: `${(tick / top) * 100}%` }} />
          ))}
          <svg className={classes.bars} viewBox={`0 0 ${buckets.length} ${top}`} preserveAspectRatio="none" aria-hidden>
            {buckets.map((bucket, index) => (
              <Bar key={bucket.at} bucket={bucket} x={index} top={top} title={exact.format(new Date(bucket.at))} />
            ))}
          </svg>
        </div>
        <div className={classes.times}>
          {labelPlaces(buckets.length, LABELS).map((place) => (
            <Text key={place} size="xs">
              {axis.format(new Date(buckets[place]?.at ?? 0))}
            </Text>
          ))}
        </div>
      </div>
      <Group gap="md" mt="xs" aria-hidden>
        {KINDS.map((kind) => (
          <Group key={kind} gap={6}>
            <span className={classes.key} style={{ background: COLOURS[kind] }} />
            <Text size="xs">{nameOf[kind]}</Text>
          </Group>
        ))}
      </Group>
    </Box>
  );
}

interface BarProps {
  readonly bucket: RequestBucket;
  readonly x: number;
  readonly top: number;
  /** When it was; how many requests is added. */
  readonly title: string;
}

function Bar({ bucket, x, top, title }: BarProps) {
  const text = useLanguage().text.home;
  const { total, clientErrors, serverErrors } = bucket;
  if (total === 0) return null;
  const heights = { succeeded: total - clientErrors - serverErrors, clientErrors, serverErrors };
  let y = top;
  return (
    <g>
      <title>{`${title}: ${text.requestTotals(bucket)}`}</title>
      {KINDS.map((kind) => {
        y -= heights[kind];
        return <rect key={kind} x={x + 0.1} y={y} width={0.8} height={heights[kind]} fill={COLOURS[kind]} />;
      })}
    </g>
  );
}
