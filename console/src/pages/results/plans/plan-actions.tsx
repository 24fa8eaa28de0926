import type { PlanView } from '@rollcall/server/contract';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { post } from '../../../api/request.ts';
import { may, sessionQuery } from '../../../api/session.ts';
import { Confirm } from '../../../components/confirm.tsx';
import { notifyDone } from '../../../components/notify.ts';
import { ReasonedButton } from '../../../components/reasoned-button.tsx';
import { useText } from '../../../language/use-text.ts';
import { countsText } from './counts-text.ts';

type Verdict = 'apply' | 'discard';

/** A plan is applied or discarded as long as it is open. */
export function PlanActions({ slug, plan }: { readonly slug: string; readonly plan: PlanView }) {
  const all = useText();
  const text = all.results;
  const queryClient = useQueryClient();
  const isAllowed = may(useQuery(sessionQuery()).data, 'operator');
  const [asked, setAsked] = useState<Verdict>();
  const decide = useMutation({
    mutationFn: (verdict: Verdict) => post<PlanView>(`/applications/${slug}/plans/${plan.id}/${verdict}`),
    onSuccess: (_plan, verdict) => {
      setAsked(undefined);
      notifyDone(text.planDone[verdict]);
    },
    onSettled: () => queryClient.invalidateQueries({ queryKey: ['applications', slug] }),
  });
  if (plan.state !== 'open') return null;
  const ask = (verdict: Verdict) => {
    decide.reset();
    setAsked(verdict);
  };
  const hint = isAllowed ? undefined : all.general.mayNot;
  return (
    <>
      <ReasonedButton variant="default" reason={hint} onClick={() => ask('discard')}>
        {text.discardPlan}
      </ReasonedButton>
      <ReasonedButton disabled={Object.keys(plan.counts).length === 0} reason={hint} onClick={() => ask('apply')}>
        {text.applyPlan}
      </ReasonedButton>
      <Confirm
        opened={asked !== undefined}
        title={asked === 'discard' ? text.discardPlan : text.applyPlan}
        action={asked === 'discard' ? text.discardPlan : text.applyPlan}
        danger={asked === 'discard' || (plan.counts.delete ?? 0) + (plan.counts.disable ?? 0) > 0}
        pending={decide.isPending}
        error={decide.error}
        onConfirm={() => asked !== undefined && decide.mutate(asked)}
        onClose={() => setAsked(undefined)}
      >
        {asked === 'discard'
          ? text.discardPlanAsk
          : text.applyPlanAsk(countsText(plan.counts, text.actions, text.pair) || text.nothingToDo)}
      </Confirm>
    </>
  );
}
