import { Group, Paper, SegmentedControl, Skeleton, Stack, Text, Title } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { lazy, Suspense } from 'react';
import { requestStatisticsQuery } from '../../api/overview.ts';
import { QueryView } from '../../components/query-view.tsx';
import { useText } from '../../language/use-text.ts';
import { DAY_HOURS, type Hours, WEEK_HOURS } from './hours.ts';
import { totalsOf } from './request-totals.ts';
import { homeRoute, hoursOf } from './routes.tsx';

// Charts are heavy; the page is there before them.
const RequestChart = lazy(async () => ({ default: (await import('./request-chart.tsx')).RequestChart }));

const HEIGHT = 220;

/** Requests and errors over time, of all identity servers together. */
export function Requests() {
  const text = useText().home;
  const hours = hoursOf(homeRoute.useSearch());
  const navigate = homeRoute.useNavigate();
  const statistics = useQuery({ ...requestStatisticsQuery(hours), placeholderData: keepPreviousData });
  const choose = (value: string) => {
    const chosen: Hours = value === String(WEEK_HOURS) ? WEEK_HOURS : DAY_HOURS;
    void navigate({ search: chosen === WEEK_HOURS ? { hours: chosen } : {}, replace: true, resetScroll: false });
  };
  return (
    <section aria-labelledby="requests">
      <Stack gap="xs">
        <Group justify="space-between">
          <Title order={2} size="h4" id="requests">
            {text.requests}
          </Title>
          <SegmentedControl
            size="xs"
            aria-label={text.span}
            value={String(hours)}
            onChange={choose}
            data={[
              { value: String(DAY_HOURS), label: text.day },
              { value: String(WEEK_HOURS), label: text.week },
            ]}
          />
        </Group>
        <Paper withBorder p="md">
          <QueryView query={statistics} rows={5}>
            {({ buckets }) => {
              const totals = totalsOf(buckets);
              return (
                <Stack gap="xs">
                  <Text size="sm">{text.requestTotals(totals)}</Text>
                  <Suspense fallback={<Skeleton height={HEIGHT} />}>
                    <RequestChart buckets={buckets} height={HEIGHT} label={text.requestTotals(totals)} />
                  </Suspense>
                </Stack>
              );
            }}
          </QueryView>
        </Paper>
      </Stack>
    </section>
  );
}
