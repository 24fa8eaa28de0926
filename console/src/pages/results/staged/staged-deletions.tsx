import { Alert, Checkbox, Group, SegmentedControl, Stack, Text } from '@mantine/core';
import type { StagedRemovalView } from '@rollcall/server/contract';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { apiQuery, applicationQuery } from '../../../api/queries.ts';
import { may, sessionQuery } from '../../../api/session.ts';
import { EmptyState } from '../../../components/empty-state.tsx';
import { Moment } from '../../../components/moment.tsx';
import { Page } from '../../../components/page.tsx';
import { QueryView } from '../../../components/query-view.tsx';
import { ReasonedButton } from '../../../components/reasoned-button.tsx';
import { type Column, VirtualTable } from '../../../components/virtual-table.tsx';
import { useText } from '../../../language/use-text.ts';
import { alertTitle } from '../alert-title.ts';
import { ObjectLink } from '../object-link.tsx';
import { stagedRoute } from '../routes.tsx';
import { STAGED_STATES } from '../search.ts';
import { StagedDecision } from './staged-decision.tsx';
import { nameOf } from './staged-name.ts';

const MOST = 10_000;
const ROW = 40;

interface StagedList {
  /** That wait. */
  readonly total: number;
  readonly staged: readonly StagedRemovalView[];
}

/** Removals that the guard against accidental deletion holds until a person decides. */
export function StagedDeletions() {
  const text = useText().results;
  const { application: slug } = stagedRoute.useParams();
  const { state = 'waiting' } = stagedRoute.useSearch();
  const navigate = useNavigate();
  const query = useQuery(apiQuery<StagedList>(['applications', slug, 'staged'], { state, limit: MOST }));
  return (
    <Page title={text.staged} description={text.stagedDescription}>
      <WhyHeld slug={slug} waiting={query.data?.total ?? 0} />
      <SegmentedControl
        aria-label={text.state}
        w="fit-content"
        value={state}
        data={STAGED_STATES.map((one) => ({ value: one, label: text.stagedState[one] }))}
        onChange={(next) =>
          void navigate({ to: '.', search: next === 'allowed' || next === 'rejected' ? { state: next } : {} })
        }
      />
      <QueryView query={query} rows={6}>
        {({ total, staged }) => <List key={state} slug={slug} state={state} total={total} staged={staged} />}
      </QueryView>
    </Page>
  );
}

/** The limit that was passed, and what the job says of it. */
function WhyHeld({ slug, waiting }: { readonly slug: string; readonly waiting: number }) {
  const text = useText().results;
  const guard = useQuery(applicationQuery(slug)).data?.settings;
  if (waiting === 0 || guard === undefined) return null;
  const { number, percent } = guard.guard;
  return (
    <Alert color="orange" styles={alertTitle} title={text.held(waiting)}>
      <Stack gap={4}>
        <Text size="sm">{text.heldBecause(number, percent, Math.round(guard.interval / 60))}</Text>
        <Text size="sm">{text.heldAdvice}</Text>
      </Stack>
    </Alert>
  );
}

interface ListProps extends StagedList {
  readonly slug: string;
  readonly state: StagedRemovalView['state'];
}

function List({ slug, state, total, staged }: ListProps) {
  const all = useText();
  const text = all.results;
  const isAllowed = may(useQuery(sessionQuery()).data, 'operator');
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const [asked, setAsked] = useState<{ decision: 'allow' | 'reject'; names: readonly string[] | 'all' }>();
  const isWaiting = state === 'waiting';
  const names = staged.map(nameOf);
  const chosen = names.filter((name) => selected.has(name));
  const select = (name: string, isSelected: boolean) => {
    const next = new Set(selected);
    if (isSelected) next.add(name);
    else next.delete(name);
    setSelected(next);
  };
  const choice: Column<StagedRemovalView> = {
    name: 'selected',
    title: '✓',
    width: '28px',
    cell: (row) => (
      <Checkbox
        size="xs"
        aria-label={text.selectOf(row.label)}
        checked={selected.has(nameOf(row))}
        onChange={(event) => select(nameOf(row), event.currentTarget.checked)}
      />
    ),
  };
  const columns: readonly Column<StagedRemovalView>[] = [
    ...(isWaiting ? [choice] : []),
    {
      name: 'object',
      title: text.object,
      width: 'minmax(120px, 1.4fr)',
      cell: ({ type, id, label }) => <ObjectLink slug={slug} type={type} id={id} label={label} />,
    },
    { name: 'type', title: all.general.type, width: '90px', wide: true, cell: ({ type }) => text.type[type] },
    { name: 'action', title: text.action, width: '90px', cell: ({ action }) => text.actions[action] },
    {
      name: 'reason',
      title: text.reason,
      width: 'minmax(100px, 2.2fr)',
      cell: ({ reason }) => all.fromServer.say(reason),
    },
    { name: 'date', title: text.heldSince, width: '130px', wide: true, cell: ({ date }) => <Moment date={date} /> },
  ];
  if (staged.length === 0) {
    return isWaiting ? (
      <EmptyState title={text.nothingStaged} advice={text.nothingStagedAdvice} />
    ) : (
      <EmptyState title={text.nothingFound} advice={text.noneInState[state]} />
    );
  }
  const button = (decision: 'allow' | 'reject', which: readonly string[] | 'all', count: number) => (
    <ReasonedButton
      key={`${decision} ${which === 'all' ? 'all' : 'selected'}`}
      variant={which === 'all' ? 'default' : 'light'}
      size="xs"
      disabled={count === 0}
      reason={isAllowed ? undefined : all.general.mayNot}
      onClick={() => setAsked({ decision, names: which })}
    >
      {which === 'all' ? text.decideAll[decision](count) : text.decideSelected[decision](count)}
    </ReasonedButton>
  );
  return (
    <Stack gap="sm">
      {isWaiting ? (
        <Group justify="space-between">
          <Checkbox
            label={text.selectAll}
            checked={chosen.length === names.length}
            indeterminate={chosen.length > 0 && chosen.length < names.length}
            onChange={(event) => setSelected(new Set(event.currentTarget.checked ? names : []))}
          />
          <Group gap="xs">
            {button('allow', chosen, chosen.length)}
            {button('reject', chosen, chosen.length)}
            {button('allow', 'all', total)}
            {button('reject', 'all', total)}
          </Group>
        </Group>
      ) : null}
      <VirtualTable
        label={text.staged}
        columns={columns}
        rows={staged}
        keyOf={nameOf}
        empty={null}
        height={`min(calc(100dvh - 430px), ${staged.length * ROW + 4}px)`}
      />
      <StagedDecision
        slug={slug}
        asked={asked}
        total={total}
        onDone={() => {
          setAsked(undefined);
          setSelected(new Set());
        }}
        onClose={() => setAsked(undefined)}
      />
    </Stack>
  );
}
