import type { LogEntry, LogStatistics, TalliedRequest } from './contract.ts';
import type { HandedEntry } from './message.ts';

/** An entry waits at most this long, and a batch grows at most so big, before it is handed to the thread. */
const BATCH_DELAY = 50;
const BATCH_ENTRIES = 200;
const BATCH_BYTES = 1024 * 1024;

/** What may wait for the thread; more is dropped, so that a slow disk does not fill the memory. */
export interface BacklogLimits {
  readonly entries: number;
  readonly bytes: number;
}

/** The request's side of the log: entries gather here and leave in batches. */
export interface HandOver {
  add(entry: LogEntry): void;
  /** For what is only counted. */
  tally(request: TalliedRequest): void;
  /** Posts what has gathered. */
  post(): void;
  /** The thread has worked off its oldest batch. */
  taken(stored: number, dropped: number): void;
  /** The thread is gone, and the batches with it. */
  lost(): void;
  statistics(): LogStatistics;
}

interface Batch {
  readonly entries: HandedEntry[];
  readonly tallied: TalliedRequest[];
  bytes: number;
}

/**
 * `post` hands a batch to the thread, or says that there is none now: then it is tried again. Of a body longer than
 * `bodyLength` characters only the beginning is handed over.
 */
export function handOver(
  post: (entries: readonly HandedEntry[], tallied: readonly TalliedRequest[]) => boolean,
  limits: BacklogLimits,
  bodyLength: number,
): HandOver {
  const onTheWay: Batch[] = [];
  let gathering: Batch = { entries: [], tallied: [], bytes: 0 };
  let timer: NodeJS.Timeout | undefined;
  let waiting = 0;
  let waitingBytes = 0;
  let stored = 0;
  let dropped = 0;

  const postBatch = (): void => {
    clearTimeout(timer);
    timer = undefined;
    if (gathering.entries.length + gathering.tallied.length === 0) return;
    if (post(gathering.entries, gathering.tallied)) {
      onTheWay.push(gathering);
      gathering = { entries: [], tallied: [], bytes: 0 };
    } else {
      timer = setTimeout(postBatch, BATCH_DELAY);
    }
  };

  const done = (batch: Batch): void => {
    waiting -= batch.entries.length;
    waitingBytes -= batch.bytes;
  };

  return {
    add: (entry) => {
      const handed = shortened(entry, bodyLength);
      const bytes = 1000 + (handed.requestBody?.length ?? 0) + (handed.responseBody?.length ?? 0);
      if (waiting >= limits.entries || waitingBytes + bytes > limits.bytes) {
        dropped++;
        return;
      }
      waiting++;
      waitingBytes += bytes;
      gathering.entries.push(handed);
      gathering.bytes += bytes;
      timer ??= setTimeout(postBatch, BATCH_DELAY);
      if (gathering.entries.length === BATCH_ENTRIES || gathering.bytes > BATCH_BYTES) postBatch();
    },
    tally: (request) => {
      // Without a thread, they wait in one batch; what does not fit is not counted.
      if (gathering.tallied.length >= limits.entries) return;
      gathering.tallied.push(request);
      timer ??= setTimeout(postBatch, BATCH_DELAY);
    },
    post: postBatch,
    taken: (storedNow, droppedNow) => {
      const batch = onTheWay.shift();
      if (batch !== undefined) done(batch);
      stored += storedNow;
      dropped += droppedNow;
    },
    lost: () => {
      for (const batch of onTheWay.splice(0)) {
        done(batch);
        dropped += batch.entries.length;
      }
    },
    statistics: () => ({ waiting, dropped, stored }),
  };
}

function shortened(entry: LogEntry, length: number): HandedEntry {
  const request = beginning(entry.requestBody, length);
  const response = beginning(entry.responseBody, length);
  return {
    ...entry,
    requestBody: request.text,
    requestBodyCut: request.cut,
    responseBody: response.text,
    responseBodyCut: response.cut,
  };
}

const uncut = { cut: 0 } as const;

function beginning(text: string | null, length: number): { readonly text: string | null; readonly cut: number } {
  if (text === null || text.length <= length) return { ...uncut, text };
  return { text: text.slice(0, length), cut: Buffer.byteLength(text) - Buffer.byteLength(text.slice(0, length)) };
}
