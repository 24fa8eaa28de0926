import { expect, it } from 'vitest';
import type { ProvisioningRecordView } from '../contract/provisioning-log.ts';
import { CSV_HEADING, csvRow } from './provisioning-log-csv.ts';

const record: ProvisioningRecordView = {
  n: 1,
  date: '2026-01-01T00:00:00.000Z',
  durationMs: 1,
  cycle: 'c',
  type: 'User',
  id: 'i',
  label: '=HYPERLINK("http://evil.example")',
  targetId: null,
  action: 'create',
  status: 'failure',
  reason: 'in scope, and not there',
  error: { code: 'EntryConflict', message: 'two\nlines', advice: '' },
  attempts: 2,
  nextTryAt: null,
  modified: [],
  steps: [],
  exchanges: [],
};

it('quotes what RFC 4180 asks for, and lets no name be a formula', () => {
  expect(csvRow(record)).toBe(
    '1,2026-01-01T00:00:00.000Z,c,User,i,"\'=HYPERLINK(""http://evil.example"")",,create,failure,' +
      '"in scope, and not there",EntryConflict,"two\nlines",2,,\r\n',
  );
  expect(csvRow(record).match(/,/g)?.length).toBe((CSV_HEADING.match(/,/g)?.length ?? 0) + 1);
});
