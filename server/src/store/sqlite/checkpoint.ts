import { Worker } from 'node:worker_threads';
import { threadFile } from '../thread-file.ts';
import type { Connection } from './connection.ts';

/** https://sqlite.org/pragma.html#pragma_wal_checkpoint */
export type CheckpointMode = 'PASSIVE' | 'RESTART' | 'TRUNCATE';

export interface CheckpointResult {
  /** Whether the database holds everything that the log held. */
  readonly complete: boolean;
  readonly error: string | undefined;
}

/** A log of this many bytes is copied into the database, beside the writers. */
export const LONG_LOG = 16 * 1024 * 1024;
/** A log of this many is, while the writers wait, so that it begins anew: readers and writers had kept it growing. */
export const ENDLESS_LOG = 128 * 1024 * 1024;
/** A page and its frame header. */
const FRAME = 4096 + 24;

export interface Checkpoints {
  /** After a commit, or a failed one: begins a checkpoint when the log is long or its space is needed. */
  consider(outcome: 'stored' | 'failed'): void;
  /** A promise when the writers should wait for the log to begin anew. */
  pause(): Promise<void> | undefined;
  run(mode: CheckpointMode): Promise<CheckpointResult>;
  /** Copies what the log still holds and ends the thread. */
  close(): Promise<void>;
}

/** Checkpoints in a thread with a connection of its own: copying and syncing pages takes long where a disk is slow. */
export function createCheckpoints(file: string, writer: Connection): Checkpoints {
  const waiting: ((result: CheckpointResult) => void)[] = [];
  let thread: Worker | undefined;
  let passive = false;
  let pauseAbove = ENDLESS_LOG;

  /** Bytes of the log in use, and whether the database has them all. */
  const log = () => {
    const state = writer.first('PRAGMA wal_checkpoint(NOOP)', []);
    const frames = Number(state?.log ?? 0);
    return { bytes: frames * FRAME, copied: state?.checkpointed === frames };
  };

  function start(): Worker {
    const started = new Worker(threadFile('./checkpoint-thread.ts', import.meta.url), { workerData: { file } });
    started.unref();
    started.on('message', (result: CheckpointResult) => {
      waiting.shift()?.(result);
      if (waiting.length === 0) started.unref();
    });
    started.on('error', () => {});
    started.on('exit', () => {
      if (thread === started) thread = undefined;
      const result = { complete: false, error: 'the checkpoint thread ended' };
      for (const resolve of waiting.splice(0)) resolve(result);
    });
    return started;
  }

  function run(mode: CheckpointMode): Promise<CheckpointResult> {
    thread ??= start();
    const running = thread;
    return new Promise((resolve) => {
      waiting.push(resolve);
      // The process must not end while somebody waits.
      running.ref();
      running.postMessage(mode);
    });
  }

  return {
    consider(outcome) {
      if (passive) return;
      const { bytes, copied } = log();
      if (copied || (outcome === 'stored' && bytes < LONG_LOG)) return;
      passive = true;
      run('PASSIVE').finally(() => {
        passive = false;
      });
    },
    pause() {
      const { bytes } = log();
      if (bytes < pauseAbove) {
        if (bytes < ENDLESS_LOG) pauseAbove = ENDLESS_LOG;
        return undefined;
      }
      return run('RESTART').then(({ complete }) => {
        // A reader that stays (a backup) holds the log: try again when it has grown by as much as one checkpoint copies.
        pauseAbove = complete ? ENDLESS_LOG : bytes + LONG_LOG;
      });
    },
    run,
    async close() {
      // Closing the last connection copies a short log in no time.
      if (thread !== undefined || log().bytes >= LONG_LOG) await run('TRUNCATE');
      await thread?.terminate();
    },
  };
}
