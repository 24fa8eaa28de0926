import type { DriftItem } from './drift.ts';

/**
 * What becomes of drift: `report` shows it; `push` sends the believed value again; `accept` leaves the found value until
 * the directory's changes; `ignore` does not look at it.
 */
export const DRIFT_RULES = ['report', 'push', 'accept', 'ignore'] as const;

export type DriftRule = (typeof DRIFT_RULES)[number];

/** What a person decided about one path of one object. `mark` is that of the item which was accepted. */
export interface DriftDecision {
  readonly path: string;
  readonly rule: 'accept' | 'ignore';
  readonly mark: string;
}

/**
 * What is to be done about an item: a person's word on this very object, then the rule for the path of all objects
 * (`rules`), else it is reported. What was accepted stays so only while neither side moves.
 */
export function driftRule(
  item: DriftItem,
  decisions: readonly DriftDecision[],
  rules: ReadonlyMap<string, DriftRule>,
): DriftRule {
  const decision = decisions.find(({ path }) => path === item.path);
  if (decision?.rule === 'ignore') return 'ignore';
  if (decision?.rule === 'accept' && decision.mark === item.mark) return 'accept';
  return rules.get(item.path) ?? 'report';
}
