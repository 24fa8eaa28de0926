import { useMutation, useQueryClient } from '@tanstack/react-query';
import { post } from '../../../api/request.ts';
import { Confirm } from '../../../components/confirm.tsx';
import { notifyDone } from '../../../components/notify.ts';
import { useText } from '../../../language/use-text.ts';

interface Props {
  readonly slug: string;
  readonly asked: { readonly decision: 'allow' | 'reject'; readonly names: readonly string[] | 'all' } | undefined;
  /** How many wait. */
  readonly total: number;
  onDone(): void;
  onClose(): void;
}

/** Asks once more, with the number, before removals are let go or refused. */
export function StagedDecision({ slug, asked, total, onDone, onClose }: Props) {
  const text = useText().results;
  const queryClient = useQueryClient();
  const decision = asked?.decision ?? 'allow';
  const names = asked?.names ?? [];
  const count = names === 'all' ? total : names.length;
  const decide = useMutation({
    mutationFn: () =>
      post<{ decided: number; waiting: number }>(
        `/applications/${slug}/staged/${decision}`,
        names === 'all' ? {} : { objects: names },
      ),
    onSuccess: ({ decided }) => {
      onDone();
      notifyDone(text.decided[decision](decided));
    },
    onSettled: () => queryClient.invalidateQueries({ queryKey: ['applications', slug] }),
  });
  return (
    <Confirm
      opened={asked !== undefined}
      title={text.decideAsk[decision](count)}
      action={text.decideSelected[decision](count)}
      danger={decision === 'allow'}
      pending={decide.isPending}
      error={decide.error}
      onConfirm={() => decide.mutate()}
      onClose={() => {
        decide.reset();
        onClose();
      }}
    >
      {text.decideMeans[decision]}
    </Confirm>
  );
}
