import type { ProvisioningRecordView } from '../contract/provisioning-log.ts';

const COLUMNS = [
  'n',
  'date',
  'cycle',
  'type',
  'id',
  'label',
  'targetId',
  'action',
  'status',
  'reason',
  'errorCode',
  'errorMessage',
  'attempts',
  'nextTryAt',
  'modified',
] as const;

/** The first line of an export (RFC 4180). */
export const CSV_HEADING = `${COLUMNS.join(',')}\r\n`;

/** One line of an export. */
export function csvRow(record: ProvisioningRecordView): string {
  const values: Readonly<Record<(typeof COLUMNS)[number], string | number | null>> = {
    n: record.n,
    date: record.date,
    cycle: record.cycle,
    type: record.type,
    id: record.id,
    label: record.label,
    targetId: record.targetId,
    action: record.action,
    status: record.status,
    reason: record.reason,
    errorCode: record.error?.code ?? null,
    errorMessage: record.error?.message ?? null,
    attempts: record.attempts,
    nextTryAt: record.nextTryAt,
    modified: record.modified.length === 0 ? null : JSON.stringify(record.modified),
  };
  return `${COLUMNS.map((column) => cell(values[column])).join(',')}\r\n`;
}

function cell(value: string | number | null): string {
  if (value === null || typeof value === 'number') return String(value ?? '');
  // What begins so is a formula to a spreadsheet, and a name in a directory may be one on purpose (CWE-1236).
  const plain = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain;
}
