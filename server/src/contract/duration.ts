import { z } from 'zod';

const UNITS = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000, y: 365 * 86_400_000 } as const;

const isUnit = (text: string | undefined): text is keyof typeof UNITS =>
  text !== undefined && Object.hasOwn(UNITS, text);

/** `90m`, `12h`, `365d` in milliseconds; undefined for anything else. A year has 365 days. */
export function parseDuration(text: string): number | undefined {
  const [, amount, unit] = /^(\d{1,9})([a-z])$/.exec(text) ?? [];
  return isUnit(unit) ? Number(amount) * UNITS[unit] : undefined;
}

/** A duration as people write it, read as milliseconds. */
export const durationSchema = z.string().transform((text, context) => {
  const duration = parseDuration(text);
  if (duration !== undefined) return duration;
  context.issues.push({ code: 'custom', message: 'must be a duration such as 90m, 12h or 365d', input: text });
  return z.NEVER;
});

/** A point in time: a date (`2026-03-01T08:00:00Z`, `2026-03-01`), or how long ago (`1h`). */
export type Moment = { readonly at: number } | { readonly ago: number };

const moment = z.string().describe('A date such as 2026-03-01T08:00:00Z, or how long ago: 1h');

export const momentSchema = moment.transform((text, context): Moment => {
  const ago = parseDuration(text);
  if (ago !== undefined) return { ago };
  const at = /^\d{4}-\d{2}-\d{2}/.test(text) ? Date.parse(text) : Number.NaN;
  if (!Number.isNaN(at)) return { at };
  context.issues.push({
    code: 'custom',
    message: 'must be a date such as 2026-03-01T08:00:00Z, or how long ago: 1h',
    input: text,
  });
  return z.NEVER;
});

/** A moment in milliseconds. */
export const timeOf = (moment: Moment, now: number): number => ('at' in moment ? moment.at : now - moment.ago);
