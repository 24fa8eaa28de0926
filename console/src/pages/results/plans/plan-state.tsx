import type { PlanItemView, PlanView } from '@rollcall/server/contract';
import { StatusBadge, type Tone } from '../../../components/status-badge.tsx';
import { useText } from '../../../language/use-text.ts';

const TONES: Readonly<Record<PlanView['state'], Tone>> = {
  open: 'warning',
  applying: 'busy',
  applied: 'good',
  discarded: 'quiet',
};

const ITEM_TONES: Readonly<Record<PlanItemView['state'], Tone>> = {
  open: 'warning',
  rejected: 'quiet',
  applied: 'good',
  refused: 'warning',
  failed: 'bad',
};

export const PlanState = ({ state }: { readonly state: PlanView['state'] }) => (
  <StatusBadge tone={TONES[state]}>{useText().results.planState[state]}</StatusBadge>
);

export const ItemState = ({ state }: { readonly state: PlanItemView['state'] }) => (
  <StatusBadge tone={ITEM_TONES[state]}>{useText().results.itemState[state]}</StatusBadge>
);
