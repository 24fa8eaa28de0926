import type { CycleView } from '@rollcall/server/contract';
import { expect, it } from 'vitest';
import { cyclePoints } from './cycle-points.ts';

const NONE = {
  seen: 0,
  expected: 0,
  created: 0,
  updated: 0,
  disabled: 0,
  deleted: 0,
  adopted: 0,
  skipped: 0,
  failed: 0,
  staged: 0,
  membersAdded: 0,
  membersRemoved: 0,
};
const cycle = (beganAt: string, durationMs: number | null, counts: Partial<CycleView['counts']>): CycleView => ({
  id: beganAt,
  kind: 'incremental',
  state: durationMs === null ? 'running' : 'succeeded',
  phase: 'done',
  beganAt,
  endedAt: null,
  durationMs,
  counts: { ...NONE, ...counts },
  error: null,
});

it('draws cycles from old to new, what was taken over as created, and removals together', () => {
  const cycles = [
    cycle('2026-11-29T12:00:00Z', null, { updated: 2, failed: 1 }),
    cycle('2026-11-29T11:00:00Z', 1260, { created: 3, adopted: 1, disabled: 2, deleted: 1 }),
  ];
  expect(cyclePoints(cycles, (date) => date.slice(11, 16))).toEqual([
    { at: '11:00', created: 4, updated: 0, removed: 3, failed: 0, seconds: 1.3 },
    { at: '12:00', created: 0, updated: 2, removed: 0, failed: 1, seconds: null },
  ]);
});
