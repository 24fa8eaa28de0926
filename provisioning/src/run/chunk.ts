import type { ErrorCode } from '../error.ts';
import type { ObjectType } from '../source.ts';
import type { Counts } from './tally.ts';

/** In the order of the phases: each begins when all chunks of the one before it are done. */
export type ChunkKind = 'users' | 'groups' | 'references' | 'membersAdded' | 'membersRemoved';

/** A part of a cycle that a worker does by itself. Plain JSON, as its outcome is. */
export interface Chunk {
  readonly cycle: string;
  /** Counts the chunks of a cycle, from 1. */
  readonly n: number;
  readonly kind: ChunkKind;
  /** Of users, or of groups, as the kind says; each is in one chunk at a time. */
  readonly ids: readonly string[];
  /** Hash of the mappings that the cycle works with. */
  readonly mappings: string;
}

export type ChunkOutcome =
  /** `removals`: ids of what is to be taken away. Nothing of it has happened: the coordinator judges all together. */
  | { readonly kind: 'done'; readonly counts: Omit<Counts, 'expected'>; readonly removals: readonly string[] }
  /** The target as a whole cannot be used: it ends the cycle. */
  | { readonly kind: 'unusable'; readonly code: ErrorCode; readonly message: string }
  | { readonly kind: 'failed'; readonly message: string };

/** How an initial cycle hands out its chunks. Workers do them with `runChunk`, in any process. */
export interface Spread {
  /** So many chunks are out at once: a few more than there are workers, so that none waits for its next one. */
  width(): number;
  /** Ids in a chunk of objects, and groups in a chunk of memberships: 500 and 50 unless said. */
  readonly size?: { readonly objects: number; readonly groups: number };
  /**
   * Has a chunk done, by a second worker where the first one died. It settles only when nobody is at work on the chunk
   * any more: from then on its objects are in other hands. `stop` asks whoever is at work to end after the calls that
   * run; then it rejects with `Stopped`.
   */
  run(chunk: Chunk, stop: AbortSignal): Promise<ChunkOutcome>;
}

export const typeOfChunk = (kind: ChunkKind): ObjectType =>
  kind === 'users' || kind === 'references' ? 'User' : 'Group';
