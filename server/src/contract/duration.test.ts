import { describe, expect, it } from 'vitest';
import { durationSchema, momentSchema, parseDuration, timeOf } from './duration.ts';

describe('durations', () => {
  it.each([
    ['30s', 30_000],
    ['90m', 90 * 60_000],
    ['12h', 12 * 3_600_000],
    ['365d', 365 * 86_400_000],
    ['2w', 14 * 86_400_000],
    ['1y', 365 * 86_400_000],
    ['0d', 0],
  ])('reads %s', (text, ms) => {
    expect(parseDuration(text)).toBe(ms);
  });

  it.each(['', '1', 'd', '1.5h', '-1h', '1 h', '1D', '1mo', '1e3s', '9999999999d', '1constructor'])(
    'refuses %j',
    (text) => {
      expect(parseDuration(text)).toBeUndefined();
      expect(durationSchema.safeParse(text).error?.issues[0]?.message).toContain('such as 90m, 12h or 365d');
    },
  );

  it.each([
    ['1h', 6_400_000],
    ['1970-01-01T00:00:05Z', 5000],
    ['1970-01-02', 86_400_000],
  ])('reads the moment %s', (text, at) => {
    expect(timeOf(momentSchema.parse(text), 10_000_000)).toBe(at);
  });

  it.each(['yesterday', '2026-13-01', '12', ''])('refuses the moment %j', (text) => {
    expect(momentSchema.safeParse(text).success).toBe(false);
  });
});
