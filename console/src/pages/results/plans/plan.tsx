import { Alert, Group, Select, Text } from '@mantine/core';
import type { PlanItemView, PlanView } from '@rollcall/server/contract';
import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { EmptyState } from '../../../components/empty-state.tsx';
import { Moment } from '../../../components/moment.tsx';
import { Page } from '../../../components/page.tsx';
import { ProblemNotice } from '../../../components/problem-notice.tsx';
import { QueryView } from '../../../components/query-view.tsx';
import { type Column, VirtualTable } from '../../../components/virtual-table.tsx';
import { useText } from '../../../language/use-text.ts';
import { alertTitle } from '../alert-title.ts';
import { planRoute } from '../routes.tsx';
import { withoutUrns } from '../value-text.ts';
import { countStates, countsText } from './counts-text.ts';
import { PlanActions } from './plan-actions.tsx';
import { PlanItem } from './plan-item.tsx';
import { planItemsQuery, planQuery } from './plan-queries.ts';
import { ItemState, PlanState } from './plan-state.tsx';

const ROW = 40;
const AHEAD = 12;

/** One plan: what a full cycle would do, item by item; afterwards, what came of it. */
export function Plan() {
  const text = useText().results;
  const { application: slug, plan: id } = planRoute.useParams();
  const query = useQuery(planQuery(slug, id));
  const plan = query.data;
  return (
    <Page
      title={text.plan}
      crumbs={[{ label: text.plans, to: `/applications/${slug}/plans` }]}
      badge={plan === undefined ? undefined : <PlanState state={plan.state} />}
      description={
        plan === undefined ? undefined : (
          <>
            {text.madeBy(plan.by)} <Moment date={plan.createdAt} exact />
          </>
        )
      }
      actions={plan === undefined ? undefined : <PlanActions slug={slug} plan={plan} />}
    >
      {plan === undefined ? (
        <QueryView query={query} rows={8}>
          {() => null}
        </QueryView>
      ) : (
        <Items slug={slug} plan={plan} />
      )}
    </Page>
  );
}

function Items({ slug, plan }: { readonly slug: string; readonly plan: PlanView }) {
  const all = useText();
  const text = all.results;
  const { item: opened } = planRoute.useSearch();
  const navigate = useNavigate();
  const [action, setAction] = useState<string | null>(null);
  const [state, setState] = useState<string | null>(null);
  const query = useInfiniteQuery({ ...planItemsQuery(slug, plan), placeholderData: keepPreviousData });
  const items = query.data?.pages.flatMap((page) => page.items) ?? [];
  const shown = items.filter(
    (one) => (action === null || one.action === action) && (state === null || one.state === state),
  );
  const states = countStates(items);
  const open = (item: number | undefined) =>
    void navigate({ to: '.', search: item === undefined ? {} : { item }, replace: true });
  const columns: readonly Column<PlanItemView>[] = [
    { name: 'object', title: text.object, width: 'minmax(130px, 1.4fr)', cell: ({ label }) => label },
    { name: 'type', title: all.general.type, width: '90px', wide: true, cell: ({ type }) => text.type[type] },
    { name: 'action', title: text.action, width: '100px', cell: (item) => text.actions[item.action] },
    {
      name: 'reason',
      title: text.reason,
      width: 'minmax(0, 2.4fr)',
      wide: true,
      cell: ({ outcome, reason }) => withoutUrns(all.fromServer.say(outcome ?? reason)),
    },
    { name: 'state', title: text.state, width: '96px', cell: (item) => <ItemState state={item.state} /> },
  ];
  return (
    <>
      <Text>
        {text.planWould} <b>{countsText(plan.counts, text.actions, text.pair) || text.nothingToDo}</b>
      </Text>
      {items.length > 0 && (plan.state === 'applied' || plan.state === 'applying') ? (
        <Alert
          styles={alertTitle}
          color={states.failed === undefined && states.refused === undefined ? 'teal' : 'orange'}
          title={text.cameOfIt}
        >
          {countsText(states, text.itemState, text.pair)}
          {query.hasNextPage ? ` (${text.ofTheFirst(items.length)})` : ''}.{' '}
          {states.refused === undefined ? null : text.refusedMeans}
        </Alert>
      ) : null}
      <Group gap="sm">
        <Select
          label={text.action}
          placeholder={text.any}
          clearable
          w={170}
          value={action}
          data={Object.keys(plan.counts).map((value) => ({ value, label: text.planActions(value) }))}
          onChange={setAction}
        />
        <Select
          label={text.state}
          placeholder={text.any}
          clearable
          w={150}
          value={state}
          data={Object.entries(text.itemState).map(([value, label]) => ({ value, label }))}
          onChange={setState}
        />
      </Group>
      <ProblemNotice error={query.error} retry={() => void query.refetch()} />
      <VirtualTable
        label={text.planItems}
        columns={columns}
        rows={shown}
        keyOf={({ n }) => n}
        opened={opened}
        onOpen={({ n }) => open(n)}
        onReach={(_, bottom) => {
          if (query.hasNextPage && !query.isFetching && bottom + AHEAD >= shown.length) void query.fetchNextPage();
        }}
        hasMore={query.hasNextPage}
        isFetching={query.isPending || query.isFetchingNextPage}
        height={`min(calc(100dvh - 430px), ${shown.length * ROW + 4}px)`}
        empty={
          items.length === 0 ? (
            <EmptyState title={text.planEmpty} advice={text.planEmptyAdvice} />
          ) : (
            <EmptyState title={text.nothingFound} advice={text.nothingFoundAdvice} />
          )
        }
      />
      <PlanItem slug={slug} plan={plan} item={items.find(({ n }) => n === opened)} onClose={() => open(undefined)} />
    </>
  );
}
