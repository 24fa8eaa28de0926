import { Group, Paper, SegmentedControl, Stack, Text, Title } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { requestStatisticsQuery } from '../../api/overview.ts';
import { QueryView } from '../../components/query-view.tsx';
import { useText } from '../../language/use-text.ts';
import { DAY_HOURS, type Hours, WEEK_HOURS } from './hours.ts';
import { RequestChart } from './request-chart.tsx';
import { totalsOf } from './request-totals.ts';
import { homeRoute, hoursOf } from './routes.tsx';

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
                  <RequestChart buckets={buckets} label={text.requestTotals(totals)} />
                </Stack>
              );
            }}
          </QueryView>
        </Paper>
      </Stack>
    </section>
  );
}
