import type { ProvisioningRecordView } from '@rollcall/server/contract';
import type { Tone } from '../../../components/status-badge.tsx';

/** The tone of what came of an object or a step. */
export const OUTCOME_TONES: Readonly<Record<ProvisioningRecordView['status'], Tone>> = {
  success: 'good',
  failure: 'bad',
  skipped: 'quiet',
  warning: 'warning',
};
