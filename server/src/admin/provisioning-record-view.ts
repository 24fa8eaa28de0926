import { ERRORS, type Exchange, type ProvisioningRecord } from '@rollcall/provisioning';
import type { ExchangeView, ProvisioningRecordView } from '../contract/provisioning-log.ts';
import { iso } from './iso.ts';

/** What was done with one object, as the admin API shows it. `n` is its place in the log, when it has one. */
export function recordView(record: ProvisioningRecord, n: number | null): ProvisioningRecordView {
  const { error, nextAt } = record;
  return {
    n,
    date: iso(record.at),
    durationMs: record.durationMs,
    cycle: record.cycle,
    type: record.type,
    id: record.id,
    label: record.label,
    targetId: record.targetId ?? null,
    action: record.action,
    status: record.status,
    reason: record.reason,
    error: error === undefined ? null : { ...error, advice: ERRORS[error.code].advice },
    attempts: record.attempts,
    nextTryAt: nextAt === undefined ? null : iso(nextAt),
    modified: record.modified.map(({ path, from, to }) => ({ path, from: from ?? null, to: to ?? null })),
    steps: record.steps.map((step) => ({ ...step, details: { ...step.details } })),
    exchanges: record.exchanges.map(exchangeView),
  };
}

export const exchangeView = (exchange: Exchange): ExchangeView => ({
  date: iso(exchange.at),
  durationMs: exchange.durationMs,
  method: exchange.method,
  url: exchange.url,
  requestBody: exchange.requestBody ?? null,
  status: exchange.status ?? null,
  responseBody: exchange.responseBody ?? null,
  failure: exchange.failure ?? null,
});
