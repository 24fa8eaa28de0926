import { Button, Paper, Stack } from '@mantine/core';
import type { DriftListView } from '@rollcall/server/contract';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { may, sessionQuery } from '../../../api/session.ts';
import { saysAnything } from '../../../app/search-reader.ts';
import { EmptyState } from '../../../components/empty-state.tsx';
import { Page } from '../../../components/page.tsx';
import { ProblemNotice } from '../../../components/problem-notice.tsx';
import { QueryView } from '../../../components/query-view.tsx';
import { ReasonedButton } from '../../../components/reasoned-button.tsx';
import { useText } from '../../../language/use-text.ts';
import { driftRoute } from '../routes.tsx';
import { DriftDecisions } from './drift-decisions.tsx';
import { DriftFilters } from './drift-filters.tsx';
import { DriftPass } from './drift-pass.tsx';
import { driftQuery, useDriftActions } from './drift-queries.ts';
import { DriftRules } from './drift-rules.tsx';
import { DriftTable } from './drift-table.tsx';

/** What somebody else changed in the target, and what becomes of it. */
export function Drift() {
  const all = useText();
  const text = all.results;
  const { application: slug } = driftRoute.useParams();
  const search = driftRoute.useSearch();
  const navigate = useNavigate();
  const query = useInfiniteQuery(driftQuery(slug, search));
  const actions = useDriftActions(slug);
  const session = useQuery(sessionQuery()).data;
  const isAllowed = may(session, 'operator');
  const mayRule = may(session, 'administrator');
  const first = query.data?.pages[0];
  const items = query.data?.pages.flatMap(({ drift }) => drift) ?? [];
  return (
    <Page
      title={text.drift}
      description={text.driftDescription}
      actions={
        <ReasonedButton
          reason={isAllowed ? undefined : all.general.mayNot}
          loading={actions.compare.isPending || first?.pass.running === true}
          onClick={() => actions.compare.mutate()}
        >
          {text.compareNow}
        </ReasonedButton>
      }
    >
      <ProblemNotice error={actions.compare.error ?? actions.decide.error ?? actions.rule.error} />
      {first === undefined ? (
        <QueryView query={query} rows={6}>
          {() => null}
        </QueryView>
      ) : (
        <Stack gap="xl">
          <Paper withBorder p="md">
            <DriftPass list={first} slug={slug} />
          </Paper>
          <Stack gap="sm">
            <DriftFilters value={search} onChange={(next) => void navigate({ to: '.', search: next, replace: true })} />
            <DriftTable
              slug={slug}
              items={items}
              isAllowed={isAllowed}
              isPending={actions.decide.isPending || actions.rule.isPending}
              mayRule={mayRule}
              onDecide={actions.decide.mutate}
              onRule={(path, rule) => actions.rule.mutate({ path, rule })}
              empty={<NoDrift list={first} isFiltered={saysAnything(search)} />}
            />
            {query.hasNextPage ? (
              <Button
                variant="default"
                w="fit-content"
                loading={query.isFetchingNextPage}
                onClick={() => void query.fetchNextPage()}
              >
                {all.general.more}
              </Button>
            ) : null}
          </Stack>
          <DriftRules
            slug={slug}
            rules={first.rules}
            isAllowed={mayRule}
            onRule={(path, rule) => actions.rule.mutate({ path, rule })}
          />
          <DriftDecisions
            slug={slug}
            decisions={first.decisions}
            isAllowed={isAllowed}
            onForget={(object, attribute) =>
              actions.decide.mutate([{ decision: 'report', objects: [object], attribute }])
            }
          />
        </Stack>
      )}
    </Page>
  );
}

function NoDrift({ list, isFiltered }: { readonly list: DriftListView; readonly isFiltered: boolean }) {
  const text = useText().results;
  if (isFiltered) return <EmptyState title={text.nothingFound} advice={text.nothingFoundAdvice} />;
  if (list.pass.beganAt === null) return <EmptyState title={text.neverCompared} advice={text.neverComparedAdvice} />;
  return <EmptyState title={text.noDrift} advice={text.noDriftAdvice} />;
}
