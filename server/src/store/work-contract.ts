import type { Chunk, ChunkOutcome, Journal } from '@rollcall/provisioning';
import type { Json } from '@rollcall/scim';

/** Thrown by a write for an application whose lease another process has taken; nothing of it is stored. */
export class LeaseLost extends Error {
  override readonly name = 'LeaseLost';
}

/** A process that shows signs of life. */
export interface LivingProcess {
  readonly id: string;
  readonly roles: readonly string[];
}

/**
 * Who works for which application. A process holds its leases as long as it shows signs of life, by the clock of the
 * database; whoever takes one over gets a greater fence, and writes under the old one are refused (LeaseLost). In an
 * embedded store the one process there is holds whatever it asks for.
 */
export interface Leases {
  /** Says that this process lives, for another `ms`. Resolves to what it holds: application → fence. */
  heartbeat(process: LivingProcess, ms: number): Promise<ReadonlyMap<number, number>>;
  /** Gives up all that the process holds, at its end. */
  leave(process: string): Promise<void>;
  processes(): Promise<LivingProcess[]>;
  /** The fence; undefined while another living process holds the application. */
  acquire(application: number, holder: string): Promise<number | undefined>;
  release(application: number, fence: number): Promise<void>;
  /** The living process that holds the application. */
  holder(application: number): Promise<string | undefined>;
  /** Applications that should be worked for (their job is active, or something is asked of it) and that nobody holds. */
  orphans(): Promise<number[]>;
  /** Applications that a process holds and of which something is asked that it has not taken yet. */
  asked(holder: string): Promise<number[]>;
  /** What the holder is about, for whoever watches; see `progress`. */
  saveProgress(application: number, fence: number, progress: Json): Promise<void>;
  /** What the living holder has said last. */
  progress(application: number): Promise<Json | undefined>;
}

/** Something that the holder of an application is to do for another process. */
export interface StoredRequest {
  readonly id: string;
  readonly application: number;
  readonly kind: string;
  readonly data: Json;
}

export interface Requests {
  add(request: StoredRequest): Promise<void>;
  /** Those that are open: each once for each fence, as a holder that died answers none. Not those older than `ms`. */
  take(application: number, fence: number, ms: number): Promise<StoredRequest[]>;
  /** Errors: LeaseLost. */
  answer(id: string, fence: number, outcome: Json): Promise<void>;
  /** The answer; whether a holder has taken it; undefined when it is gone. */
  look(id: string): Promise<{ readonly outcome: Json | undefined; readonly taken: boolean } | undefined>;
  remove(id: string): Promise<void>;
  /** Removes what is older than `ms`. */
  prune(ms: number): Promise<void>;
}

/** A mail to one address that waits to be sent. */
export interface WaitingMail {
  readonly n: number;
  readonly application: number;
  readonly recipient: string;
  readonly subject: string;
  readonly text: string;
  /** How often it was tried before. */
  readonly tries: number;
}

/** What a mail tells: the same is told once. */
export interface News {
  readonly application: number;
  readonly cause: string;
  /** It is told again when it has become greater. */
  readonly size: number;
  /** Milliseconds that it is remembered as told. */
  readonly memory: number;
  /** Causes that begin anew with this one. */
  readonly forget?: string | undefined;
}

/** Mails on their way. Those of one application to one address leave in their order. */
export interface Outbox {
  /** Stores the mails of some news; false when it was told already, or `most` mails of the application wait. */
  add(
    news: News,
    mails: readonly Pick<WaitingMail, 'recipient' | 'subject' | 'text'>[],
    most: number,
  ): Promise<boolean>;
  /** The next mail of an application that is due; nobody else gets it for `ms`. */
  take(application: number, ms: number): Promise<WaitingMail | undefined>;
  /** It was sent, or is given up. */
  remove(n: number): Promise<void>;
  /** It was tried `tries` times by now, and is again after `ms`; those behind it wait. */
  postpone(n: number, tries: number, ms: number): Promise<void>;
  /** Milliseconds until the next mail of an application is due; undefined when none waits. */
  next(application: number): Promise<number | undefined>;
  /** Applications that have mails waiting. */
  applications(): Promise<number[]>;
}

/** Identity servers that an import writes into, by the clock of the database. */
export interface ImportMarks {
  /** Marks the identity server, for `ms`; false when another import has. */
  begin(server: number, id: string, ms: number): Promise<boolean>;
  /** The import goes on. */
  renew(id: string, ms: number): Promise<void>;
  end(id: string): Promise<void>;
  isRunning(server: number): Promise<boolean>;
}

/** A chunk in the hands of a worker. */
export interface HeldChunk {
  readonly application: number;
  /** Of the coordinator. */
  readonly fence: number;
  readonly token: number;
  readonly chunk: Chunk;
}

/**
 * Parts of an initial cycle that its coordinator hands out. A worker holds one as long as its process shows that it
 * lives and the coordinator is the holder of the application.
 */
export interface Chunks {
  /** Errors: LeaseLost, as all that follows. */
  add(application: number, fence: number, chunk: Chunk): Promise<void>;
  /** One of the application that nobody has in hand; undefined when there is none. */
  take(application: number, holder: string): Promise<HeldChunk | undefined>;
  /** Whether the worker was told to end after the calls that run, or has the chunk no longer. */
  state(held: HeldChunk): Promise<'goesOn' | 'stopping' | 'lost'>;
  finish(held: HeldChunk, outcome: ChunkOutcome): Promise<void>;
  /** The worker has ended before the chunk was done; nobody is at work on it any more. */
  giveBack(held: HeldChunk): Promise<void>;
  /** Gives back whatever a process has beside these. */
  keepOnly(process: string, held: readonly HeldChunk[]): Promise<void>;
  /** The journal as the worker may write it: under its token and the coordinator's fence. */
  journal(held: HeldChunk): Journal;
  /** Claims what is looked for in the target until the chunk is done; what of it another chunk has claimed. */
  seek(held: HeldChunk, values: readonly string[]): Promise<ReadonlySet<string>>;
  /** Asks whoever has it in hand to end. */
  stop(cycle: string, n: number): Promise<void>;
  /** What became of a chunk: its outcome; `free` while no living process has it in hand; else it is being worked on. */
  look(cycle: string, n: number): Promise<ChunkOutcome | 'free' | 'inHand'>;
  remove(cycle: string, n: number): Promise<void>;
  /**
   * Tells the workers of earlier coordinators to end, and forgets their chunks; resolves to how many still have one in
   * hand.
   */
  clear(application: number, fence: number): Promise<number>;
}

/** What the processes of an installation agree on about their work. */
export interface Work {
  /** Whether other processes may have the store open. */
  readonly isShared: boolean;
  readonly leases: Leases;
  readonly requests: Requests;
  readonly outbox: Outbox;
  readonly imports: ImportMarks;
  readonly chunks: Chunks;
}
