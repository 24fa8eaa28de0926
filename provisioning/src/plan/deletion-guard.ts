import type { GuardSettings } from '../rules.ts';

export interface Removals {
  /** That are to be carried out now, users and groups, disabled or deleted. */
  readonly removals: number;
  /** Carried out in the window that ends now. */
  readonly windowRemovals: number;
  /** Objects that are linked and active now, those to be removed included. */
  readonly linked: number;
  /** Staged before and not decided about. */
  readonly waiting: number;
}

export type Judgement = { readonly verdict: 'pass' } | { readonly verdict: 'stage'; readonly reason: string };

const PASS: Judgement = { verdict: 'pass' };

/**
 * Whether removals may be carried out, or are all staged until a person decides: when the window would have more than
 * the number, or more than the percentage of what was linked when it began, and while earlier ones wait. A percentage
 * of few objects lets at least one go. Microsoft documents the number (accidental deletions); the percentage is ours.
 */
export function judgeRemovals(
  { removals, windowRemovals, linked, waiting }: Removals,
  guard: GuardSettings,
): Judgement {
  if (!guard.enabled || removals === 0) return PASS;
  if (waiting > 0) return stage(`${waiting} removals wait for a decision already.`);
  const total = removals + windowRemovals;
  const seen = windowRemovals === 0 ? '' : `, ${windowRemovals} of them carried out already`;
  if (total > guard.number) return stage(`${total} removals${seen}, where ${guard.number} are allowed.`);
  if (guard.percent === null) return PASS;
  const base = linked + windowRemovals;
  if (total <= Math.max(1, (base * guard.percent) / 100)) return PASS;
  return stage(`${total} removals${seen}, of ${base} linked objects, where ${guard.percent} percent are allowed.`);
}

const stage = (reason: string): Judgement => ({ verdict: 'stage', reason });
