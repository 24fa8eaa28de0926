import type { Json } from '@rollcall/scim';

export interface SendOptions {
  /** Of the jobs with one key at most one waits; another may be under way, so that what is sent meanwhile is not lost. */
  readonly key?: string | undefined;
  /** Milliseconds until it may begin. */
  readonly after?: number | undefined;
  /** How often a handler that fails is called again, ever later; as often as the queue's `RETRIES` when not given. */
  readonly retries?: number | undefined;
}

export interface WorkOptions {
  /** Jobs of this name that this process works on at once; 1 when not given. */
  readonly atOnce?: number | undefined;
}

/**
 * Works on a job. `signal` aborts when the job is no longer this process's (it was taken over) or the queue's patience
 * with a handler at its end is over. A job may be delivered twice: what it does must bear that.
 */
export type Handler = (data: Json, signal: AbortSignal) => Promise<void>;

/**
 * What is to be done, by whichever process gets to it. It starts work; the state of what is worked on is in the store's
 * own tables, and read from there.
 */
export interface Queue {
  /** From here on this process takes jobs of that name. One handler a name. */
  work(name: string, handler: Handler, options?: WorkOptions): Promise<void>;
  /** Resolves when the job is stored (as durably as the queue is), or one with its key waits already. */
  send(name: string, data: Json, options?: SendOptions): Promise<void>;
  /** Sends a job of that name every `ms`, whoever else does so too: one each time. The first after one such time. */
  every(name: string, ms: number): void;
  /** Takes no job any more, and resolves when the handlers under way have ended. */
  close(): Promise<void>;
}

/** How often a job is tried again that somebody sent without saying so. */
export const RETRIES = 5;
/** Milliseconds before the first of these, and the most before any. */
export const FIRST_RETRY = 1000;
export const LONGEST_RETRY = 60_000;
