import type { CycleView } from '@rollcall/server/contract';

/** A cycle as the charts draw it. */
export interface CyclePoint {
  readonly at: string;
  readonly created: number;
  readonly updated: number;
  readonly removed: number;
  readonly failed: number;
  /** Null while it runs. */
  readonly seconds: number | null;
  // The chart takes records.
  readonly [member: string]: string | number | null;
}

/** Cycles as points from old to new, named by when they began. */
export function cyclePoints(cycles: readonly CycleView[], nameOf: (date: string) => string): CyclePoint[] {
  return cycles
    .toSorted((a, b) => a.beganAt.localeCompare(b.beganAt))
    .map(({ beganAt, durationMs, counts }) => ({
      at: nameOf(beganAt),
      created: counts.created + counts.adopted,
      updated: counts.updated,
      removed: counts.disabled + counts.deleted,
      failed: counts.failed,
      seconds: durationMs === null ? null : Math.round(durationMs / 100) / 10,
    }));
}
