import type { ProvisioningRecord } from '../journal.ts';
import { compileMappings } from '../mapping/compile.ts';
import { defaultMappings } from '../mapping/default-mappings.ts';
import type { ProvisioningSettings, Rules } from '../rules.ts';
import type { Spread } from './chunk.ts';
import { createMapper } from './create-mapper.ts';
import { runCycle, type Start } from './cycle.ts';
import { createLocks } from './locks.ts';
import { type MemoryDirectory, memoryDirectory } from './memory-directory.fixture.ts';
import { type MemoryJournal, memoryJournal } from './memory-journal.fixture.ts';
import { type MemoryTarget, memoryTarget } from './memory-target.fixture.ts';
import { createParkedMembers } from './parked-members.ts';
import { type Counts, createTally } from './tally.ts';
import type { World } from './world.ts';

export interface ProvisionedOptions {
  readonly settings?: Partial<ProvisioningSettings>;
  readonly scope?: Rules['scope'];
  readonly directory?: MemoryDirectory;
  readonly target?: MemoryTarget;
  readonly journal?: MemoryJournal;
}

/** A directory, a target and the journal between them, with a clock that only the test moves. */
export interface Provisioned {
  readonly directory: MemoryDirectory;
  readonly target: MemoryTarget;
  readonly journal: MemoryJournal;
  /** Milliseconds; begins at a fixed date. */
  now: number;
  settings: ProvisioningSettings;
  assignments: Map<string, { readonly nested: boolean }>;
  watermark: number | undefined;
  readonly laneErrors: unknown[];
  /** The world of a new cycle. */
  world(changes?: Partial<World>): World;
  /** A cycle: initial the first time, then incremental, unless said. The watermark moves when it succeeds. */
  cycle(start?: Start | 'initial', changes?: Partial<World>, spread?: Spread): Promise<Counts>;
  /** What the last cycle recorded of an object, the newest entry. */
  record(id: string): ProvisioningRecord;
  /** The newest record of every object in the last cycle that has one, as `id: action status`. */
  outcomes(): string[];
}

export const MINUTE = 60_000;

const SETTINGS: ProvisioningSettings = {
  leaving: 'disable',
  groupLeaving: 'delete',
  deleteAfterDays: null,
  guard: { enabled: true, number: 5, percent: null },
  exclusiveGroups: false,
  clearEmpty: true,
  interval: 40 * MINUTE,
};

export function provisioned(options: ProvisionedOptions = {}): Provisioned {
  const directory = options.directory ?? memoryDirectory();
  const target = options.target ?? memoryTarget();
  const journal = options.journal ?? memoryJournal();
  const mappings = compileMappings(defaultMappings(), directory.catalogue());
  const locks = createLocks();
  const parked = createParkedMembers();
  const random = (bytes: number) => new Uint8Array(bytes);
  let cycles = 0;
  let from = 0;

  const self: Provisioned = {
    directory,
    target,
    journal,
    now: Date.UTC(2026, 10, 25),
    settings: { ...SETTINGS, ...options.settings },
    assignments: new Map(),
    watermark: undefined,
    laneErrors: [],
    world: (changes = {}) => ({
      cycle: `cycle ${++cycles}`,
      rules: { mappings, scope: options.scope ?? 'all', assignments: self.assignments, settings: self.settings },
      source: directory,
      target,
      journal,
      mapper: createMapper(mappings, directory.catalogue(), { now: () => self.now, random }),
      locks,
      parked,
      tally: createTally(),
      stop: new AbortController().signal,
      abort: new AbortController().signal,
      left: new Set(),
      doubtful: new Set(),
      now: () => self.now,
      random,
      laneFailed: (error) => void self.laneErrors.push(error),
      ...changes,
    }),
    async cycle(start, changes, spread) {
      const world = self.world(changes);
      from = journal.records.length;
      const { watermark } = self;
      const first: Start =
        start === 'initial' || (start === undefined && watermark === undefined)
          ? { kind: 'initial' }
          : (start ?? { kind: 'incremental', watermark: watermark ?? 0 });
      self.watermark = (await runCycle(world, first, spread)) ?? watermark;
      return world.tally.counts;
    },
    record(id) {
      const found = journal.records.slice(from).findLast((record) => record.id === id);
      if (found === undefined) throw new Error(`Nothing was recorded of ${id}`);
      return found;
    },
    outcomes() {
      const newest = new Map(journal.records.slice(from).map((record) => [record.id, record]));
      return [...newest.values()].map(({ id, action, status }) => `${id}: ${action} ${status}`).sort();
    },
  };
  return self;
}
