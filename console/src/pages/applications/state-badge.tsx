import type { ApplicationState } from '@rollcall/server/contract';
import { StatusBadge, type Tone } from '../../components/status-badge.tsx';
import { useText } from '../../language/use-text.ts';

const TONES: Readonly<Record<ApplicationState, Tone>> = {
  notConfigured: 'quiet',
  notRun: 'quiet',
  active: 'good',
  paused: 'warning',
  quarantine: 'bad',
  disabled: 'bad',
  removing: 'quiet',
};

/** How an application's provisioning stands, in a word. */
export function StateBadge({ state }: { readonly state: ApplicationState }) {
  return <StatusBadge tone={TONES[state]}>{useText().applications.stateOf[state]}</StatusBadge>;
}
