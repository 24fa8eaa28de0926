import { describe, expect, it } from 'vitest';
import type { Escrow } from '../journal.ts';
import { escrowAfter, type Failure, isExpired } from './escrow.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const failure: Failure = {
  key: { type: 'User', id: 'u1' },
  kind: 'entry',
  code: 'Timeout',
  message: 'no answer within 30 s',
};

describe('Escrow', () => {
  it('spaces tries 5, 15 and 40 minutes apart, then twice as long each time up to a day', () => {
    const waits: number[] = [];
    let escrow: Escrow | undefined;
    let now = 0;
    for (let attempt = 0; attempt < 10; attempt++) {
      escrow = escrowAfter(escrow, failure, now);
      waits.push((escrow.nextAt - now) / MINUTE);
      now = escrow.nextAt;
    }
    expect(waits).toEqual([5, 15, 40, 80, 160, 320, 640, 1280, 1440, 1440]);
    expect(escrow).toMatchObject({ attempts: 10, firstAt: 0, type: 'User', id: 'u1', code: 'Timeout' });
  });

  it('waits as long as the target asked, when that is longer', () => {
    expect(escrowAfter(undefined, { ...failure, retryAfter: HOUR }, 0).nextAt).toBe(HOUR);
    expect(escrowAfter(undefined, { ...failure, retryAfter: 1000 }, 0).nextAt).toBe(5 * MINUTE);
  });

  it('tries what trying again cannot help once a day after the first failure', () => {
    const first = escrowAfter(undefined, { ...failure, code: 'MissingValues' }, 0);
    expect(first.nextAt).toBe(24 * HOUR);
    const second = escrowAfter(first, { ...failure, code: 'MissingValues' }, 3 * HOUR);
    expect(second).toMatchObject({ nextAt: 24 * HOUR, attempts: 2, firstAt: 0 });
    expect(escrowAfter(second, { ...failure, code: 'MissingValues' }, 24 * HOUR).nextAt).toBe(48 * HOUR);
  });

  it('expires 28 days after the first failure', () => {
    expect(isExpired({ firstAt: 0 }, 28 * 24 * HOUR - 1)).toBe(false);
    expect(isExpired({ firstAt: 0 }, 28 * 24 * HOUR)).toBe(true);
  });
});
