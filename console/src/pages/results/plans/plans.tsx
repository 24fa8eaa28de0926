import { Anchor, Paper, Table } from '@mantine/core';
import type { PlanView } from '@rollcall/server/contract';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { post } from '../../../api/request.ts';
import { may, sessionQuery } from '../../../api/session.ts';
import { EmptyState } from '../../../components/empty-state.tsx';
import { Moment } from '../../../components/moment.tsx';
import { Page } from '../../../components/page.tsx';
import { ProblemNotice } from '../../../components/problem-notice.tsx';
import { QueryView } from '../../../components/query-view.tsx';
import { ReasonedButton } from '../../../components/reasoned-button.tsx';
import { ScrollTable } from '../../../components/scroll-table.tsx';
import { useText } from '../../../language/use-text.ts';
import { plansRoute } from '../routes.tsx';
import { countsText } from './counts-text.ts';
import { plansQuery } from './plan-queries.ts';
import { PlanState } from './plan-state.tsx';

/** Dry runs over everything that were kept. */
export function Plans() {
  const all = useText();
  const text = all.results;
  const { application: slug } = plansRoute.useParams();
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  const isAllowed = may(useQuery(sessionQuery()).data, 'operator');
  const plans = useQuery(plansQuery(slug));
  const make = useMutation({
    mutationFn: () => post<PlanView>(`/applications/${slug}/plans`),
    onSuccess: async ({ id }) => {
      await queryClient.invalidateQueries({ queryKey: ['applications', slug, 'plans'] });
      void navigate({ to: '/applications/$application/plans/$plan', params: { application: slug, plan: id } });
    },
  });
  const button = (
    <ReasonedButton
      reason={isAllowed ? undefined : all.general.mayNot}
      loading={make.isPending}
      onClick={() => make.mutate()}
    >
      {text.makePlan}
    </ReasonedButton>
  );
  return (
    <Page title={text.plans} description={text.plansDescription} actions={button}>
      <ProblemNotice error={make.error} />
      <QueryView query={plans} rows={5}>
        {({ plans: list }) =>
          list.length === 0 ? (
            <EmptyState title={text.noPlans} advice={text.noPlansAdvice} />
          ) : (
            <PlanTable slug={slug} plans={list} />
          )
        }
      </QueryView>
    </Page>
  );
}

function PlanTable({ slug, plans }: { readonly slug: string; readonly plans: readonly PlanView[] }) {
  const text = useText().results;
  return (
    <Paper withBorder>
      <ScrollTable
        label={text.plans}
        miw={620}
        highlightOnHover
        head={
          <>
            <Table.Th>{text.made}</Table.Th>
            <Table.Th>{text.by}</Table.Th>
            <Table.Th>{text.wouldDo}</Table.Th>
            <Table.Th>{text.state}</Table.Th>
            <Table.Th>{text.appliedAt}</Table.Th>
          </>
        }
      >
        {plans.map(({ id, createdAt, by, counts, state, appliedAt }) => (
          <Table.Tr key={id}>
            <Table.Td>
              <Anchor component={Link} to={`/applications/${slug}/plans/${id}`} size="sm">
                <Moment date={createdAt} exact />
              </Anchor>
            </Table.Td>
            <Table.Td className="breakable">{by}</Table.Td>
            <Table.Td>{countsText(counts, text.actions, text.pair) || text.nothingToDo}</Table.Td>
            <Table.Td>
              <PlanState state={state} />
            </Table.Td>
            <Table.Td>
              <Moment date={appliedAt} />
            </Table.Td>
          </Table.Tr>
        ))}
      </ScrollTable>
    </Paper>
  );
}
