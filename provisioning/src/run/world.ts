import type { Journal, ProvisioningRecord } from '../journal.ts';
import type { Rules } from '../rules.ts';
import type { Source } from '../source.ts';
import type { Target } from '../target.ts';
import type { Locks } from './locks.ts';
import type { Mapper } from './mapper.ts';
import type { ParkedMembers } from './parked-members.ts';
import type { Tally } from './tally.ts';

/** What one cycle works with. */
export interface World {
  readonly cycle: string;
  readonly rules: Rules;
  readonly source: Source;
  readonly target: Target;
  readonly journal: Journal;
  readonly mapper: Mapper;
  readonly locks: Locks;
  readonly parked: ParkedMembers;
  readonly tally: Tally;
  /** Ends the cycle after the calls that run. */
  readonly stop: AbortSignal;
  /** Ends the calls too. */
  readonly abort: AbortSignal;
  /** Objects (`User id`) that a process which died, or a lost answer, may have left created. */
  readonly doubtful: Set<string>;
  /** Objects (`User id`) that the leaver lane has taken away during this cycle: the cycle leaves them alone. */
  readonly left: Set<string>;
  now(): number;
  random(bytes: number): Uint8Array;
  /**
   * Where several processes look for objects of the target at once: claims what is looked for, and returns of it what
   * another one has claimed.
   */
  seek?(values: readonly string[]): Promise<ReadonlySet<string>>;
  /** Told when the leaver lane failed; the cycle goes on. */
  laneFailed(error: unknown): void;
  /** Told of every object that was dealt with; `fingerprint` stands for everything that the decision was made by. */
  onRecord?(record: ProvisioningRecord, fingerprint: string): void;
}

/** Thrown where a cycle ends because it was told to: nothing is wrong, and its watermark stays. */
export class Stopped extends Error {
  override readonly name = 'Stopped';
}

/** Between two steps: ends the cycle if it was told to. */
export function goOn(world: World): void {
  if (world.stop.aborted) throw new Stopped('The cycle was stopped.');
}
