import type { Quarantine } from '@rollcall/provisioning';
import type { Application } from '../store/application-contract.ts';

const NOTHING = {
  enabled: false,
  create: true,
  update: true,
  delete: true,
  attributes: [],
  targetAttributes: [],
  filters: [],
};

export const BEGAN = Date.UTC(2026, 10, 25, 4, 37);

export const credentialsRefused: Quarantine = {
  reason: 'EncounteredQuarantineException',
  code: 'Unauthorized',
  message: 'HTTP 401: token expired',
  began: BEGAN,
  nextAttempt: BEGAN + 6 * 60 * 60_000,
  attempts: 0,
};

export const application = (notify: readonly string[] = ['ops@example.org'], name = 'CRM'): Application => ({
  id: '0190',
  key: 1,
  slug: 'crm',
  name,
  directory: 1,
  connection: null,
  settings: {
    scope: 'all',
    notify,
    leaving: 'disable',
    groupLeaving: 'delete',
    deleteAfterDays: null,
    guard: { enabled: true, number: 500, percent: null },
    exclusiveGroups: false,
    clearEmpty: true,
    interval: 2_400_000,
  },
  mappings: { users: NOTHING, groups: NOTHING },
  profile: null,
  job: {
    status: 'active',
    watermark: null,
    quarantine: null,
    lastCycle: null,
    nextRunAt: null,
    steadySince: null,
    steadyFirst: null,
    rulesHash: null,
  },
  created: 0,
  modified: 0,
  removing: false,
});
