import type { ProvisioningRecord } from '../journal.ts';

export interface Counts {
  /** Objects that are done with, and how many there are in this cycle as far as known. */
  readonly seen: number;
  readonly expected: number;
  readonly created: number;
  readonly updated: number;
  readonly disabled: number;
  readonly deleted: number;
  readonly adopted: number;
  readonly skipped: number;
  readonly failed: number;
  readonly staged: number;
  readonly membersAdded: number;
  readonly membersRemoved: number;
}

export type Phase = 'starting' | 'users' | 'groups' | 'references' | 'members' | 'removals' | 'done';

/** What a cycle has done so far. */
export interface Tally {
  readonly counts: Counts;
  readonly phase: Phase;
  /** So many more will be met. */
  expect(objects: number): void;
  /** So many more are done with. */
  see(objects: number): void;
  begin(phase: Phase): void;
  count(what: Exclude<keyof Counts, 'seen' | 'expected'>, by?: number): void;
  /** What was done elsewhere; `expected` is not of it. */
  add(counts: Omit<Counts, 'expected'>): void;
  /** Counts an object by what its record says. */
  record(record: ProvisioningRecord): void;
}

const COUNTED = [
  'created',
  'updated',
  'disabled',
  'deleted',
  'adopted',
  'skipped',
  'failed',
  'staged',
  'membersAdded',
  'membersRemoved',
] as const satisfies readonly Exclude<keyof Counts, 'seen' | 'expected'>[];

export function createTally(): Tally {
  const counts = {
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
  let phase: Phase = 'starting';
  const see = (objects: number): void => {
    counts.seen += objects;
    counts.expected = Math.max(counts.expected, counts.seen);
  };
  return {
    get counts() {
      return { ...counts };
    },
    get phase() {
      return phase;
    },
    begin(next) {
      phase = next;
    },
    expect(objects) {
      counts.expected += objects;
    },
    see,
    count(what, by = 1) {
      counts[what] += by;
    },
    add({ seen, ...done }) {
      see(seen);
      for (const what of COUNTED) counts[what] += done[what];
    },
    record({ action, status }) {
      if (status === 'failure') counts.failed++;
      else if (action === 'stagedDelete') counts.staged++;
      else if (action === 'create') counts.created++;
      else if (action === 'update') counts.updated++;
      else if (action === 'disable') counts.disabled++;
      else if (action === 'delete') counts.deleted++;
      else if (status === 'skipped') counts.skipped++;
    },
  };
}
