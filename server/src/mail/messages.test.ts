import { ERRORS } from '@rollcall/provisioning';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { writeNotice } from './messages.ts';
import type { Notice } from './notice.ts';
import { application, BEGAN, credentialsRefused } from './notices.fixture.ts';

const PUBLIC = 'https://rollcall.example.org';
const write = (notice: Notice, name = 'CRM') => writeNotice(application([], name), notice, PUBLIC);

const failures = {
  ...credentialsRefused,
  reason: 'EncounteredEscrowProportionThreshold',
  code: null,
  message: '6000 of 9000 objects failed.',
} as const;

describe('writeNotice', () => {
  it('says of a quarantine what happened, why, what to do and where', () => {
    const { subject, text } = write({ kind: 'quarantineEntered', quarantine: credentialsRefused });
    expect(subject).toBe('[Rollcall] CRM: provisioning is held back');
    expect(text).toContain('changes of the directory do not reach it for now');
    expect(text).toContain('Why: The target did not accept the credentials (401). HTTP 401: token expired');
    expect(text).toContain(ERRORS.Unauthorized.advice);
    expect(text).toContain('rollcall application status crm');
    expect(text).toContain('next at 2026-11-25 10:37 UTC');
    expect(text).toContain('by 2026-12-23');
    expect(text).toContain(`${PUBLIC}/applications/crm\n`);
  });

  it('points at the log when it is many failures that hold the job back', () => {
    const { text } = write({ kind: 'quarantineReasonChanged', quarantine: failures });
    expect(text).toContain('held back since 2026-11-25');
    expect(text).toContain('Why: Too many objects failed. 6000 of 9000 objects failed.');
    expect(text).toContain('rollcall application log crm --status failure');
  });

  it('says when it works again, and that nothing is to be done', () => {
    const { subject, text } = write({ kind: 'quarantineRecovered', quarantine: credentialsRefused });
    expect(subject).toBe('[Rollcall] CRM: provisioning works again');
    expect(text).toContain('Nothing. What was missed is made up for');
  });

  it('says how a job begins anew that was switched off after 28 days', () => {
    const { subject, text } = write({ kind: 'jobDisabled', quarantine: credentialsRefused });
    expect(subject).toBe('[Rollcall] CRM: provisioning has been switched off');
    expect(text).toContain('28 days');
    expect(text).toContain('rollcall application restart crm');
  });

  it('shows the first 20 of the removals that wait, and how to decide', () => {
    const labels = Array.from({ length: 30 }, (_, n) => `person${n}@example.org`);
    const { subject, text } = write({ kind: 'removalsStaged', waiting: 312, labels, since: BEGAN });
    expect(subject).toBe('[Rollcall] CRM: 312 removals wait for your decision');
    expect(text).toContain('- person0@example.org\n');
    expect(text).toContain('- person19@example.org\nand 292 more\n');
    expect(text).not.toContain('person20@');
    for (const command of ['staged crm', 'allow crm --all', 'reject crm --all'])
      expect(text).toContain(`rollcall application ${command}`);
    expect(text).toContain(`${PUBLIC}/applications/crm/staged`);
  });

  it('writes of one removal in the singular, with nobody left over', () => {
    const { subject, text } = write({ kind: 'removalsStaged', waiting: 1, labels: ['anna'], since: BEGAN });
    expect(subject).toBe('[Rollcall] CRM: 1 removal waits for your decision');
    expect(text).not.toContain('more\n');
  });

  it('warns of credentials that expire', () => {
    const { subject, text } = write({ kind: 'credentialsExpire', expires: BEGAN, days: 7 });
    expect(subject).toBe('[Rollcall] CRM: the credentials expire in 7 days');
    expect(text).toContain('expire on 2026-11-25 04:37 UTC');
    expect(text).toContain('rollcall application test crm');
    expect(write({ kind: 'credentialsExpire', expires: BEGAN, days: 1 }).subject).toMatch(/in 1 day$/);
  });

  it('gives names, labels and answers of a target no line of their own', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (name, text) => {
        const plain = write({ kind: 'removalsStaged', waiting: 1, labels: ['anna'], since: BEGAN });
        const hostile = write({ kind: 'removalsStaged', waiting: 1, labels: [text], since: BEGAN }, name);
        expect(hostile.text.split(/\r\n|[\n\v\f\r\x85\u2028\u2029]/)).toHaveLength(plain.text.split('\n').length);
        expect(hostile.subject).not.toMatch(/[\p{Cc}\u2028\u2029]/u);
        const quarantine = { ...credentialsRefused, message: text };
        const held = write({ kind: 'quarantineEntered', quarantine }, name);
        expect(held.text.replaceAll('\n', '')).not.toMatch(/\p{Cc}/u);
      }),
    );
  });

  it('cuts an endless answer of a target', () => {
    const quarantine = { ...credentialsRefused, message: 'x'.repeat(1_000_000) };
    expect(write({ kind: 'quarantineEntered', quarantine }).text.length).toBeLessThan(2000);
  });
});
