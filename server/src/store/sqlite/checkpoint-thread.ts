import { DatabaseSync } from 'node:sqlite';
import { parentPort, workerData } from 'node:worker_threads';
import type { CheckpointMode, CheckpointResult } from './checkpoint.ts';

/** How long a checkpoint of the whole log waits for readers; the writers wait with it. */
const BUSY_TIMEOUT = 1000;

// `workerData` is what `createCheckpoints` gave; it has no type of its own.
const database = new DatabaseSync(String(workerData.file), { timeout: BUSY_TIMEOUT });

parentPort?.on('message', (mode: CheckpointMode) => {
  parentPort?.postMessage(checkpoint(mode));
});

function checkpoint(mode: CheckpointMode): CheckpointResult {
  try {
    const row = database.prepare(`PRAGMA wal_checkpoint(${mode})`).get();
    return { complete: row?.busy === 0 && row.log === row.checkpointed, error: undefined };
  } catch (error) {
    // A full disk: the log keeps everything until there is room.
    return { complete: false, error: error instanceof Error ? error.message : String(error) };
  }
}
