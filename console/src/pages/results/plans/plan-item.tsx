import { Drawer, Group, Stack, Text } from '@mantine/core';
import type { PlanItemView, PlanView } from '@rollcall/server/contract';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { post } from '../../../api/request.ts';
import { may, sessionQuery } from '../../../api/session.ts';
import { notifyDone } from '../../../components/notify.ts';
import { ProblemNotice } from '../../../components/problem-notice.tsx';
import { ReasonedButton } from '../../../components/reasoned-button.tsx';
import { useText } from '../../../language/use-text.ts';
import { type Change, ChangesTable } from '../changes-table.tsx';
import { ObjectLink } from '../object-link.tsx';
import { ItemState } from './plan-state.tsx';

interface Props {
  readonly slug: string;
  readonly plan: PlanView;
  /** Undefined when none is open. */
  readonly item: PlanItemView | undefined;
  onClose(): void;
}

/** One item of a plan beside the list: what would change, and the way to take it out. */
export function PlanItem({ slug, plan, item, onClose }: Props) {
  const all = useText();
  const text = all.results;
  return (
    <Drawer
      opened={item !== undefined}
      onClose={onClose}
      position="right"
      size="lg"
      title={item === undefined ? '' : text.itemTitle(item.label)}
      closeButtonProps={{ 'aria-label': all.general.close }}
    >
      {item === undefined ? null : <Item key={item.n} slug={slug} plan={plan} item={item} />}
    </Drawer>
  );
}

function Item({ slug, plan, item }: Pick<Props, 'slug' | 'plan'> & { readonly item: PlanItemView }) {
  const all = useText();
  const text = all.results;
  const queryClient = useQueryClient();
  const isAllowed = may(useQuery(sessionQuery()).data, 'operator');
  const reject = useMutation({
    mutationFn: () => post(`/applications/${slug}/plans/${plan.id}/items/${item.n}/reject`),
    onSuccess: () => notifyDone(text.itemRejected),
    onSettled: () => queryClient.invalidateQueries({ queryKey: ['plan-items', plan.id] }),
  });
  const changes = changesOf(item.changes);
  return (
    <Stack>
      <Group gap="xs">
        <ObjectLink slug={slug} type={item.type} id={item.id} label={item.label} />
        <Text size="sm">{text.actions[item.action]}</Text>
        <ItemState state={item.state} />
      </Group>
      <Text size="sm" className="breakable">
        {all.fromServer.say(item.reason)}
      </Text>
      {item.outcome === null ? null : (
        <Text size="sm" className="breakable">
          <b>{text.outcomeIs}</b> {all.fromServer.say(item.outcome)}
        </Text>
      )}
      {changes.length === 0 ? (
        <Text size="sm" c="dimmed">
          {text.nothingModified}
        </Text>
      ) : (
        <ChangesTable changes={changes} label={text.modified} />
      )}
      <ProblemNotice error={reject.error} />
      {plan.state !== 'open' || item.state !== 'open' ? null : (
        <Stack gap={4} align="flex-start">
          <ReasonedButton
            variant="default"
            reason={isAllowed ? undefined : all.general.mayNot}
            loading={reject.isPending}
            onClick={() => reject.mutate()}
          >
            {text.rejectItem}
          </ReasonedButton>
          <Text size="xs" c="dimmed">
            {text.rejectItemMeans}
          </Text>
        </Stack>
      )}
    </Stack>
  );
}

/** The contract leaves open what changes are made of; what does not look like one is not shown. */
function changesOf(changes: unknown): Change[] {
  if (!Array.isArray(changes)) return [];
  return changes.filter(
    (change): change is Change => typeof change === 'object' && change !== null && 'path' in change && 'to' in change,
  );
}
