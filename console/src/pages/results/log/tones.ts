import type { ProvisioningRecordView } from '@rollcall/server/contract';
import type { Tone } from '../../../components/status-badge.tsx';

export const TONES: Readonly<Record<ProvisioningRecordView['status'], Tone>> = {
  success: 'good',
  failure: 'bad',
  skipped: 'quiet',
  warning: 'warning',
};
