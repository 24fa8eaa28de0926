import { describe, expect, it } from 'vitest';
import type { WindowCounts } from '../journal.ts';
import { judgeQuarantine, type Observed } from './quarantine.ts';
import type { Quarantine } from './quarantine-state.ts';

const HOUR = 60 * 60_000;
const DAY = 24 * HOUR;

const counts = (window: Partial<WindowCounts>): Observed => ({
  window: { removals: 0, succeeded: 0, failed: 0, failedReferences: 0, ...window },
  waiting: 0,
});
const good = counts({ succeeded: 100 });
const whole: Observed = { ...counts({}), whole: { code: 'Unauthorized', message: '401' } };
const reasonOf = (window: Partial<WindowCounts>) => judgeQuarantine(null, counts(window), 0).quarantine?.reason;

describe('The thresholds of quarantine, with the examples that Microsoft works out', () => {
  it('45,000 failures are too many', () => {
    expect(reasonOf({ failed: 45_000, succeeded: 1_000_000 })).toBe('EncounteredBaseEscrowThreshold');
  });

  it('30,000 failures and 5,000 successes are too large a share', () => {
    expect(reasonOf({ failed: 30_000, succeeded: 5_000 })).toBe('EncounteredEscrowProportionThreshold');
  });

  it('20,000 failures and 100,000 successes are not', () => {
    expect(reasonOf({ failed: 20_000, succeeded: 100_000 })).toBeUndefined();
  });

  it('40,000 failed users and 21,000 failed managers are too many together', () => {
    expect(reasonOf({ failed: 40_000, failedReferences: 21_000 })).toBe('EncounteredTotalEscrowThreshold');
  });

  it('fewer than 5,000 failures are never too large a share', () => {
    expect(reasonOf({ failed: 4_999 })).toBeUndefined();
    expect(reasonOf({ failed: 5_000 })).toBe('EncounteredEscrowProportionThreshold');
  });

  it('references do not count towards the share, nor towards the 40,000', () => {
    expect(reasonOf({ failed: 100, failedReferences: 59_000 })).toBeUndefined();
    expect(reasonOf({ failed: 40_000, succeeded: 100_000, failedReferences: 20_000 })).toBeUndefined();
    expect(reasonOf({ failed: 40_000, succeeded: 100_000, failedReferences: 20_001 })).toBe(
      'EncounteredTotalEscrowThreshold',
    );
  });
});

describe('The causes of quarantine', () => {
  it('an error of the connection as a whole is one, whatever the numbers', () => {
    const { quarantine, event } = judgeQuarantine(null, whole, 1000);
    expect(event).toBe('entered');
    expect(quarantine).toEqual({
      reason: 'EncounteredQuarantineException',
      code: 'Unauthorized',
      message: '401',
      began: 1000,
      nextAttempt: 1000 + 6 * HOUR,
      attempts: 0,
    });
  });

  it('a directory that cannot be read is one', () => {
    const { quarantine } = judgeQuarantine(null, { ...good, sourceFailed: 'it is closed' }, 0);
    expect(quarantine).toMatchObject({ reason: 'IngestionInterrupted', code: null, message: 'it is closed' });
  });

  it('removals that wait for a decision are one, and end with the last of them', () => {
    const { quarantine } = judgeQuarantine(null, { ...good, waiting: 4 }, 0);
    expect(quarantine).toMatchObject({ reason: 'TooManyDeletes', message: '4 removals wait for a decision.' });
    expect(judgeQuarantine(quarantine, { ...good, waiting: 1 }, HOUR).event).toBe('none');
    expect(judgeQuarantine(quarantine, good, HOUR)).toEqual({ quarantine: null, event: 'recovered', disable: false });
  });

  it('nothing wrong is none', () => {
    expect(judgeQuarantine(null, good, 0)).toEqual({ quarantine: null, event: 'none', disable: false });
  });
});

describe('The course of a quarantine', () => {
  it('is tried again 6, 12 and 24 hours after it began, and then once a day', () => {
    let quarantine: Quarantine | null = judgeQuarantine(null, whole, 0).quarantine;
    const attempts: number[] = [];
    while (quarantine !== null && attempts.length < 6) {
      attempts.push(quarantine.nextAttempt / HOUR);
      quarantine = judgeQuarantine(quarantine, whole, quarantine.nextAttempt).quarantine;
    }
    expect(attempts).toEqual([6, 12, 24, 48, 72, 96]);
    expect(quarantine?.attempts).toBe(6);
  });

  it('keeps its schedule when something is judged between two tries, and does not catch up what was missed', () => {
    const { quarantine } = judgeQuarantine(null, whole, 0);
    expect(judgeQuarantine(quarantine, whole, HOUR).quarantine).toMatchObject({ nextAttempt: 6 * HOUR, attempts: 0 });
    expect(judgeQuarantine(quarantine, whole, 3 * DAY + 1).quarantine).toMatchObject({
      nextAttempt: 4 * DAY,
      attempts: 1,
    });
  });

  it('ends with a good try', () => {
    const { quarantine } = judgeQuarantine(null, whole, 0);
    expect(judgeQuarantine(quarantine, good, 6 * HOUR)).toEqual({
      quarantine: null,
      event: 'recovered',
      disable: false,
    });
  });

  it('does not end with a try that fails with most of the few objects that it reached', () => {
    const { quarantine } = judgeQuarantine(null, counts({ failed: 45_000 }), 0);
    const after = judgeQuarantine(quarantine, counts({ failed: 60, succeeded: 40 }), 6 * HOUR);
    expect(after).toMatchObject({ event: 'none', quarantine: { reason: 'EncounteredBaseEscrowThreshold' } });
    expect(judgeQuarantine(quarantine, counts({ failed: 30, succeeded: 70 }), 6 * HOUR).event).toBe('recovered');
  });

  it('says so when its reason changes, and goes on from where it began', () => {
    const { quarantine } = judgeQuarantine(null, whole, 0);
    const after = judgeQuarantine(quarantine, counts({ failed: 45_000 }), 6 * HOUR);
    expect(after.event).toBe('reasonChanged');
    expect(after.quarantine).toMatchObject({ reason: 'EncounteredBaseEscrowThreshold', began: 0, code: null });
  });

  it('begins anew when more is held than removals, because they hold nothing else', () => {
    const { quarantine } = judgeQuarantine(null, { ...good, waiting: 4 }, 0);
    const after = judgeQuarantine(quarantine, whole, 27 * DAY);
    expect(after).toMatchObject({ event: 'reasonChanged', quarantine: { began: 27 * DAY }, disable: false });
  });

  it('disables the job after 28 days', () => {
    const { quarantine } = judgeQuarantine(null, whole, 0);
    expect(judgeQuarantine(quarantine, whole, 28 * DAY - 1).disable).toBe(false);
    expect(judgeQuarantine(quarantine, whole, 28 * DAY).disable).toBe(true);
  });
});
