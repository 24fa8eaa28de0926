import type { LogPage, LogPlace, LogQuery, LogRetention, RequestLog, StoredLogEntry, TimeBucket } from './contract.ts';
import { type BacklogLimits, handOver } from './hand-over.ts';
import { superviseThread } from './supervise-thread.ts';

/** About as much as comes in while the disk hangs for some seconds. */
const BACKLOG: BacklogLimits = { entries: 20_000, bytes: 64 * 1024 * 1024 };
/** Characters of a body that are looked at for secrets; of longer ones the rest is counted as cut. */
const BODY_LENGTH = 1024 * 1024;

export interface RequestLogOptions {
  readonly retention: LogRetention;
  /** Bytes kept of each body. */
  readonly bodyBytes: number;
  readonly backlog?: BacklogLimits;
}

/**
 * Opens the request log at its place: in a file, which is made when there is none, or in a database that has Rollcall's
 * tables. One that cannot be opened is no error: entries are dropped and counted until it can.
 */
export async function openRequestLog(place: LogPlace, options: RequestLogOptions): Promise<RequestLog> {
  const { retention, bodyBytes } = options;
  const thread = superviseThread(
    { place, retention, bodyBytes },
    { taken: (stored, dropped) => entries.taken(stored, dropped), lost: () => entries.lost() },
  );
  const entries = handOver(thread.post, options.backlog ?? BACKLOG, Math.max(BODY_LENGTH, bodyBytes));

  const flush = async (): Promise<void> => {
    entries.post();
    // A thread that is gone has nothing to store.
    await thread.call({ kind: 'flush' }).catch(() => undefined);
  };

  const page = async (query: LogQuery): Promise<LogPage> => {
    await flush();
    // The thread answers a search with a page.
    return (await thread.call({ kind: 'search', query })) as LogPage;
  };

  await flush();
  return {
    record: entries.add,
    tally: entries.tally,
    page,
    search: async (query) => (await page(query)).entries,
    entry: async (server, n) => {
      await flush();
      // The thread answers this with an entry, or nothing.
      return (await thread.call({ kind: 'entry', server, n })) as StoredLogEntry | undefined;
    },
    about: async (query) => {
      await flush();
      // The thread answers this with entries.
      return (await thread.call({ kind: 'about', query })) as StoredLogEntry[];
    },
    lastAt: async (server) => {
      await flush();
      // The thread answers this with a time, or null.
      return (await thread.call({ kind: 'lastAt', server })) as number | null;
    },
    count: async (server) => {
      await flush();
      return Number(await thread.call({ kind: 'count', server }));
    },
    clear: async (server) => {
      await flush();
      return Number(await thread.call({ kind: 'clear', server }));
    },
    statisticsByTime: async (query) => {
      await flush();
      // The thread answers this with buckets.
      return (await thread.call({ kind: 'statisticsByTime', query })) as TimeBucket[];
    },
    statistics: entries.statistics,
    flush,
    close: async () => {
      await flush();
      await thread.close();
    },
  };
}
